using System.Security.Cryptography;
using Azure.Core;
using SparseSC.Azure.Storage;
using SparseSC.Core.Errors;

namespace SparseSC.Azure.Tests.Storage;

public class AccountTests
{
    private static readonly string Key = Convert.ToBase64String(RandomNumberGenerator.GetBytes(64));
    private static readonly Uri Cloud = new("https://contoso.blob.core.windows.net");

    [Theory]
    [InlineData("DefaultEndpointsProtocol=https;AccountName=contoso;AccountKey={0};EndpointSuffix=core.windows.net")]
    [InlineData("\"DefaultEndpointsProtocol=https;AccountName=contoso;AccountKey={0};EndpointSuffix=core.windows.net\"")]
    public void A_connection_string_opens_the_account(string text)
    {
        StorageAccount account = StorageAccount.FromConnectionString(string.Format(text, Key));

        Assert.Equal("contoso", account.Name);
        Assert.Equal("https://contoso.blob.core.windows.net/", account.Endpoint.ToString());
    }

    [Theory]
    [InlineData("", "StorageConnectionStringInvalid")]
    [InlineData("{0}", "StorageConnectionStringInvalid")]
    [InlineData("AccountName=contoso;{0}", "StorageConnectionStringInvalid")]
    [InlineData("DefaultEndpointsProtocol=https;AccountName=contoso;AccountKey=!{0};EndpointSuffix=core.windows.net", "StorageConnectionStringInvalid")]
    [InlineData("BlobEndpoint=https://contoso.blob.core.windows.net/;SharedAccessSignature=sv=2023-11-03&sig={0}", "Storage")]
    [InlineData("DefaultEndpointsProtocol=http;AccountName=contoso;AccountKey={0};EndpointSuffix=core.windows.net", "StorageEndpointNotHttps")]
    public void A_connection_string_that_cannot_be_used_is_refused_without_quoting_it(string text, string errorId)
    {
        InvalidInputException error = Assert.Throws<InvalidInputException>(() => StorageAccount.FromConnectionString(string.Format(text, Key)));

        Assert.StartsWith(errorId, error.ErrorId);
        Assert.DoesNotContain(Key, error.ToString());
    }

    [Theory]
    [InlineData("http://contoso.blob.core.windows.net", "StorageEndpointNotHttps")]
    [InlineData("ftp://contoso.blob.core.windows.net", "StorageEndpointInvalid")]
    [InlineData("https://contoso.blob.core.windows.net/?sv=2023-11-03&sig=hush", "StorageEndpointInvalid")]
    [InlineData("https://me:hush@contoso.blob.core.windows.net/", "StorageEndpointInvalid")]
    public void An_address_that_cannot_be_used_is_refused_without_its_secrets(string address, string errorId)
    {
        InvalidInputException withKey = Assert.Throws<InvalidInputException>(() => StorageAccount.FromKey(new Uri(address), "contoso", Key));
        InvalidInputException withToken = Assert.Throws<InvalidInputException>(() => StorageAccount.FromToken(new Uri(address), new NoToken()));

        Assert.Equal((errorId, errorId), (withKey.ErrorId, withToken.ErrorId));
        Assert.Contains("contoso.blob.core.windows.net", withKey.Message);
        Assert.DoesNotContain("hush", withKey + withToken.ToString());
    }

    [Fact]
    public void Keys_may_go_in_the_clear_to_this_machine_and_tokens_may_not()
    {
        Uri here = new($"http://127.0.0.1:10000/{AzuriteServer.Account}");

        Assert.Equal(AzuriteServer.Account, StorageAccount.FromKey(here, AzuriteServer.Account, Key).Name);
        Assert.Equal("StorageEndpointNotHttps", Assert.Throws<InvalidInputException>(() => StorageAccount.FromToken(here, new NoToken())).ErrorId);
    }

    [Fact]
    public void A_host_of_ones_own_does_not_take_the_account_its_name()
    {
        Uri own = new("https://blobs.contoso.com/");

        Assert.Equal("contoso", StorageAccount.FromToken(own, new NoToken(), accountName: "contoso").Name);
        Assert.Equal("contoso", StorageAccount.FromKey(own, "contoso", Key).Name);
        Assert.Equal("container 'plan' of storage account 'contoso'", StorageAccount.FromToken(own, new NoToken(), accountName: "contoso").Container("plan").ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("not base64, but hush")]
    public void A_key_that_is_none_is_refused_without_quoting_it(string key)
    {
        InvalidInputException error = Assert.Throws<InvalidInputException>(() => StorageAccount.FromKey(Cloud, "contoso", key));

        Assert.Equal("StorageAccountKeyInvalid", error.ErrorId);
        Assert.DoesNotContain("hush", error.ToString());
    }

    [Fact]
    public void A_container_whose_name_cannot_be_one_is_refused_before_anything_is_sent() =>
        Assert.Equal(
            "ContainerNameInvalid",
            Assert.Throws<InvalidInputException>(() => StorageAccount.FromKey(Cloud, "contoso", Key).Container("No_Name")).ErrorId);

    private sealed class NoToken : TokenCredential
    {
        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) => throw new InvalidOperationException();

        public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
            throw new InvalidOperationException();
    }
}
