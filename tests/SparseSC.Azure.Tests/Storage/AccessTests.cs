using System.Net;
using System.Web;
using SparseSC.Azure.Storage;
using SparseSC.Core.Errors;

namespace SparseSC.Azure.Tests.Storage;

public class AccessTests(AzuriteFixture fixture) : StorageTest(fixture)
{
    [AzuriteFact]
    public async Task The_address_of_an_input_reads_it_and_does_nothing_else()
    {
        await PutAsync("inputs/a b#.npy", Bytes(100));
        await PutAsync("other", Bytes(100));
        using RawHttp http = new();

        SignedAddress address = (await Container.GrantAccessAsync()).ReadBlob("inputs/a b#.npy");

        Assert.Equal(Bytes(100), await http.GetBytesAsync(address.ToSecretUri()));
        Assert.Equal(HttpStatusCode.Forbidden, await http.PutAsync(address.ToSecretUri()));
        Assert.Equal(HttpStatusCode.Forbidden, await http.DeleteAsync(address.ToSecretUri()));
        Assert.Equal(HttpStatusCode.Forbidden, await http.GetAsync(RawHttp.At(address, $"/{Container.Name}/other")));
        Assert.Equal(HttpStatusCode.Forbidden, await http.GetAsync(RawHttp.At(address, $"/{Container.Name}", "restype=container&comp=list")));
        Assert.Equal(2, (await ListAsync()).Length);
    }

    [AzuriteFact]
    public async Task The_address_for_outputs_writes_and_does_nothing_else()
    {
        await PutAsync("there", Bytes(100));
        using RawHttp http = new();

        SignedAddress address = (await Container.GrantAccessAsync()).WriteOutputs();

        Assert.Equal(HttpStatusCode.Created, await http.PutAsync(RawHttp.At(address, $"/{Container.Name}/results/new")));
        Assert.Equal(HttpStatusCode.Forbidden, await http.GetAsync(RawHttp.At(address, $"/{Container.Name}/there")));
        Assert.Equal(HttpStatusCode.Forbidden, await http.DeleteAsync(RawHttp.At(address, $"/{Container.Name}/there")));
        Assert.Equal(HttpStatusCode.Forbidden, await http.GetAsync(RawHttp.At(address, $"/{Container.Name}", "restype=container&comp=list")));
        Assert.Equal(HttpStatusCode.Forbidden, await http.DeleteAsync(RawHttp.At(address, $"/{Container.Name}", "restype=container")));
        Assert.Equal(["results/new", "there"], (await ListAsync()).Select(blob => blob.Name));
    }

    [AzuriteFact]
    public async Task An_address_is_worth_nothing_after_its_time()
    {
        await PutAsync("a", Bytes(100));
        using RawHttp http = new();
        StandingClock twoDaysAgo = new(DateTimeOffset.UtcNow.AddDays(-2));
        StorageContainer earlier = StorageAccount.FromConnectionString(Server.ConnectionString, clock: twoDaysAgo).Container(Container.Name);

        StorageAccess access = await earlier.GrantAccessAsync();

        Assert.Equal(twoDaysAgo.GetUtcNow().AddHours(24), access.ExpiresOn);
        Assert.Equal(HttpStatusCode.Forbidden, await http.GetAsync(access.ReadBlob("a").ToSecretUri()));
        Assert.Equal(HttpStatusCode.Forbidden, await http.PutAsync(RawHttp.At(access.WriteOutputs(), $"/{Container.Name}/new")));
        Assert.Equal(HttpStatusCode.OK, await http.GetAsync((await earlier.GrantAccessAsync(TimeSpan.FromDays(3))).ReadBlob("a").ToSecretUri()));
    }

    [Fact]
    public async Task Addresses_in_the_cloud_say_https_and_leave_room_for_clocks()
    {
        StandingClock clock = new(new DateTimeOffset(2026, 11, 2, 12, 0, 0, TimeSpan.Zero));
        StorageAccount account = StorageAccount.FromKey(
            new Uri("https://contoso.blob.core.windows.net"), "contoso", Convert.ToBase64String("key"u8), clock: clock);

        StorageAccess access = await account.Container("plan").GrantAccessAsync();

        AssertSays(access.ReadBlob("a"), "/plan/a", "b", "r");
        AssertSays(access.WriteOutputs(), "/plan", "c", "cw");

        static void AssertSays(SignedAddress address, string path, string resource, string rights)
        {
            System.Collections.Specialized.NameValueCollection query = HttpUtility.ParseQueryString(address.ToSecretUri().Query);
            Assert.Equal(path, address.ToSecretUri().AbsolutePath);
            Assert.Equal(
                ("https", "2026-11-02T11:45:00Z", "2026-11-03T12:00:00Z", resource, rights),
                (query["spr"], query["st"], query["se"], query["sr"], query["sp"]));
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(4000)]
    public async Task A_duration_that_is_not_possible_is_refused(int days)
    {
        StorageAccount account = StorageAccount.FromKey(new Uri("https://contoso.blob.core.windows.net"), "contoso", Convert.ToBase64String("key"u8));

        InvalidInputException error = await Assert.ThrowsAsync<InvalidInputException>(() =>
            account.Container("plan").GrantAccessAsync(TimeSpan.FromDays(days)));

        Assert.Equal(("StorageAccessDurationInvalid", "StorageAccessDuration"), (error.ErrorId, error.ParameterName));
        Assert.Contains("{StorageAccessDuration}", error.Message);
    }
}
