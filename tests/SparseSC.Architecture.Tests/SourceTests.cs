namespace SparseSC.Architecture.Tests;

public class SourceTests
{
    private const int LongestCmdlet = 150;
    private const int LongestFile = 400;
    private static readonly string Commands = Path.Combine(House.Root, "src", "SparseSC.PowerShell", "Commands") + Path.DirectorySeparatorChar;

    [Theory]
    [InlineData("src")]
    [InlineData("tests")]
    [InlineData("eng")]
    [InlineData("bench")]
    public void No_file_is_longer_than_its_limit(string folder)
    {
        IEnumerable<string> tooLong = House.Sources(folder)
            .Select(file => (file, lines: File.ReadLines(file).Count(), limit: file.StartsWith(Commands, StringComparison.Ordinal) ? LongestCmdlet : LongestFile))
            .Where(item => item.lines >= item.limit)
            .Select(item => $"{Path.GetRelativePath(House.Root, item.file)} has {item.lines} lines; the limit is {item.limit}.");

        Assert.True(!tooLong.Any(), string.Join(Environment.NewLine, tooLong));
    }

    [Fact]
    public void There_are_sources_to_look_at() => Assert.True(House.Sources("src").Count() > 50);
}
