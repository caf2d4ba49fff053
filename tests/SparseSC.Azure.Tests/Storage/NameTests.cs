using SparseSC.Azure.Storage;
using SparseSC.Core.Errors;

namespace SparseSC.Azure.Tests.Storage;

public class NameTests
{
    [Theory]
    [InlineData("abc")]
    [InlineData("a-1")]
    [InlineData("0123456789")]
    [InlineData("a23456789012345678901234567890123456789012345678901234567890123")]
    public void Names_of_containers_are_taken(string name) => Assert.Equal(name, ContainerName.Checked(name));

    [Theory]
    [InlineData("", "0 characters")]
    [InlineData("ab", "2 characters")]
    [InlineData("a234567890123456789012345678901234567890123456789012345678901234", "64 characters")]
    [InlineData("Results", "capital")]
    [InlineData("my_results", "'_'")]
    [InlineData("my.results", "'.'")]
    [InlineData("$logs", "'$'")]
    [InlineData("münchen", "'ü'")]
    [InlineData("-ab", "hyphen")]
    [InlineData("ab-", "hyphen")]
    [InlineData("a--b", "two hyphens")]
    [InlineData("a/b", "'/'")]
    public void Names_that_no_container_can_have_are_refused(string name, string why)
    {
        InvalidInputException error = Assert.Throws<InvalidInputException>(() => ContainerName.Checked(name));

        Assert.Equal("ContainerNameInvalid", error.ErrorId);
        Assert.Equal("ContainerName", error.ParameterName);
        Assert.Contains("{ContainerName}", error.Message);
        Assert.Contains(why, error.Message);
    }

    [Fact]
    public void A_plan_has_one_container_and_another_plan_another()
    {
        string hash = string.Concat(Enumerable.Repeat("0123456789ABCDEF", 4));

        Assert.Equal("sparsesc-0123456789abcdef01234567", ContainerName.ForPlan(hash));
        Assert.Equal(ContainerName.ForPlan(hash), ContainerName.Checked(ContainerName.ForPlan(hash)));
        Assert.NotEqual(ContainerName.ForPlan(hash), ContainerName.ForPlan(hash[1..] + "0"));
        Assert.Throws<ArgumentException>(() => ContainerName.ForPlan("plan"));
    }

    [Theory]
    [InlineData("a")]
    [InlineData("results/task-000001.json")]
    [InlineData("weird #%& name+.txt")]
    [InlineData("Größe/日本.npy")]
    [InlineData("a..b/...c")]
    [InlineData("console/null.txt")]
    public void Names_that_can_be_files_everywhere_are_taken(string name) => Assert.Null(BlobName.Fault(name));

    [Theory]
    [InlineData("")]
    [InlineData("..")]
    [InlineData(".")]
    [InlineData("../a")]
    [InlineData("a/../../b")]
    [InlineData("a/./b")]
    [InlineData("a//b")]
    [InlineData("a/")]
    [InlineData("/etc/passwd")]
    [InlineData("//server/share")]
    [InlineData("C:/Windows/a")]
    [InlineData("c:a")]
    [InlineData("a.txt:stream")]
    [InlineData("a\\..\\b")]
    [InlineData("\\\\server\\share")]
    [InlineData("a\0b")]
    [InlineData("a\nb")]
    [InlineData("a\u0085b")]
    [InlineData("NUL")]
    [InlineData("nul.txt")]
    [InlineData("x/Com1.tar.gz")]
    [InlineData("lpt¹")]
    [InlineData("CON .txt")]
    [InlineData("CONIN$")]
    [InlineData("a.")]
    [InlineData("a /b")]
    [InlineData("what?")]
    [InlineData("a*b")]
    [InlineData("a|b")]
    [InlineData("<a>")]
    [InlineData("\"a\"")]
    public void Names_that_lead_elsewhere_or_are_no_file_somewhere_are_refused(string name)
    {
        Assert.NotNull(BlobName.Fault(name));
        Assert.Equal("BlobNameInvalid", Assert.Throws<InvalidInputException>(() => BlobName.Check(name)).ErrorId);
    }

    [Fact]
    public void Names_too_long_for_a_file_system_are_refused()
    {
        Assert.Null(BlobName.Fault(new string('a', 200)));
        Assert.NotNull(BlobName.Fault(new string('a', 201)));
        Assert.NotNull(BlobName.Fault(new string('ä', 101)));
        Assert.NotNull(BlobName.Fault(string.Join('/', Enumerable.Repeat("abcd", 300))));
    }
}
