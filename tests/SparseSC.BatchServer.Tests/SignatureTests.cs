using System.Text.Json.Nodes;
using SparseSC.BatchServer.Protocol;

namespace SparseSC.BatchServer.Tests;

public class SignatureTests
{
    private static readonly JsonNode Document = JsonNode.Parse(File.ReadAllText(Path.Combine(RepositoryFiles.Root, "tests", "data", "spec", "sharedkey-vectors.json")))!;

    public static TheoryData<int> Vectors => [.. Enumerable.Range(0, Document["vectors"]!.AsArray().Count)];

    [Theory]
    [MemberData(nameof(Vectors))]
    public void Requests_of_other_clients_have_the_signature_they_came_with(int index)
    {
        JsonNode vector = Document["vectors"]![index]!;
        Dictionary<string, string> headers = new(
            vector["headers"]!.AsArray().Select(item => KeyValuePair.Create(item![0]!.ToString(), item[1]!.ToString())), StringComparer.OrdinalIgnoreCase);

        string text = SharedKeySignature.StringToSign(
            vector["method"]!.ToString(),
            vector["rawPathAndQuery"]!.ToString(),
            headers.GetValueOrDefault,
            headers.Where(item => item.Key.StartsWith("ocp-", StringComparison.OrdinalIgnoreCase)),
            Document["account"]!.ToString());

        Assert.Equal(vector["stringToSign"]!.ToString(), text);
        Assert.Equal(vector["signature"]!.ToString(), SharedKeySignature.Sign(text, Convert.FromBase64String(Document["keyBase64"]!.ToString())));
    }

    [Fact]
    public void There_are_all_vectors() => Assert.Equal(56, Document["vectors"]!.AsArray().Count);
}
