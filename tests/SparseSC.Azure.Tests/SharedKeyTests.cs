using System.Text.Json;
using SparseSC.Azure.Batch;
using SparseSC.Azure.Batch.Protocol;
using SparseSC.Core.Errors;

namespace SparseSC.Azure.Tests;

public class SharedKeyTests
{
    private static readonly JsonElement Document = JsonDocument.Parse(
        File.ReadAllBytes(Path.Combine(RepositoryFiles.Root, "tests", "data", "spec", "sharedkey-vectors.json"))).RootElement;

    public static TheoryData<int, string> Vectors
    {
        get
        {
            TheoryData<int, string> data = [];
            foreach ((int index, JsonElement vector) in Document.GetProperty("vectors").EnumerateArray().Index())
            {
                data.Add(index, $"{vector.GetProperty("client").GetString()}: {vector.GetProperty("requestLine").GetString()}");
            }

            return data;
        }
    }

    [Fact]
    public void All_captured_requests_are_there() => Assert.Equal(56, Vectors.Count);

    [Theory]
    [MemberData(nameof(Vectors))]
    public void A_request_is_signed_as_the_services_own_clients_sign_it(int index, string request)
    {
        JsonElement vector = Document.GetProperty("vectors")[index];
        string account = Document.GetProperty("account").GetString()!;
        IEnumerable<KeyValuePair<string, string>> headers =
            vector.GetProperty("headers").EnumerateArray().Select(header => KeyValuePair.Create(header[0].GetString()!, header[1].GetString()!));

        string text = SharedKeySignature.StringToSign(
            vector.GetProperty("method").GetString()!, account, vector.GetProperty("rawPathAndQuery").GetString()!, headers);
        string signature = new BatchSharedKeyCredential(account, Document.GetProperty("keyBase64").GetString()!).Sign(text);

        Assert.Equal(vector.GetProperty("stringToSign").GetString(), text);
        Assert.True(vector.GetProperty("signature").GetString() == signature, request);
        Assert.Equal($"SharedKey {account}:{signature}", headers.Single(header => header.Key.Equals("Authorization", StringComparison.OrdinalIgnoreCase)).Value);
    }

    [Theory]
    [InlineData("")]
    [InlineData("not base64!")]
    public void A_broken_key_is_refused_and_not_shown(string key)
    {
        InvalidInputException error = Assert.Throws<InvalidInputException>(() => new BatchSharedKeyCredential("contoso", key));

        Assert.Equal("BatchAccountKeyInvalid", error.ErrorId);
        Assert.DoesNotContain("not base64!", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("contoso.westeurope.batch.azure.com")]
    public void A_host_name_is_no_account_name(string name) =>
        Assert.Equal("BatchAccountNameInvalid", Assert.Throws<InvalidInputException>(() => new BatchSharedKeyCredential(name, "AAAA")).ErrorId);
}
