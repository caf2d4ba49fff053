using SparseSC.Core.Data;
using SparseSC.Core.Errors;

namespace SparseSC.Core.Tests.Data;

public class DonorPoolTests
{
    /// <summary>By hand: T is treated from the fourth time on; N is near it, S has its shape far above, C is constant.</summary>
    private static Panel Panel() => new()
    {
        Units = ["N", "T", "S", "C", "X"],
        Times = ["1", "2", "3", "4"],
        OutcomeName = "y",
        Outcome = new double[,] { { 1, 2, 2, 90 }, { 1, 2, 3, 4 }, { 101, 102, 103, 0 }, { 2, 2, 2, 2 }, { 9, 5, 1, 4 } },
        CovariateNames = ["x"],
        Covariates = [new double[,] { { 1, 1, 1, 1 }, { 2, 2, 2, 2 }, { 3, 3, 3, 3 }, { 4, 4, 4, 4 }, { 5, 5, 5, 5 } }],
        TreatmentPeriods = [null, 3, null, null, null],
        Warnings = ["kept"],
    };

    [Fact]
    public void The_nearest_are_those_of_the_outcomes_before_the_treatment()
    {
        Assert.Equal(["N", "T", "C"], DonorPool.Of(Panel(), new DonorPoolOptions { Nearest = 2 }).Units);
        Panel alike = DonorPool.Of(Panel(), new DonorPoolOptions { Nearest = 2, NearestBy = DonorNearness.Correlation });
        Assert.Equal(["N", "T", "S"], alike.Units);
        Assert.Equal([null, 3, null], alike.TreatmentPeriods);
        Assert.Equal(102, alike.Outcome[2, 1]);
        Assert.Equal(3, alike.Covariates[0][2, 0]);
        Assert.Equal(["kept"], alike.Warnings);

        // A constant outcome comes last.
        Assert.DoesNotContain("C", DonorPool.Of(Panel(), new DonorPoolOptions { Nearest = 3, NearestBy = DonorNearness.Correlation }).Units);
    }

    [Theory]
    [InlineData("T", "S")]
    [InlineData("S", "T")]
    public void Neighbours_are_left_out_whichever_is_named_first(string first, string second)
    {
        string[] units = DonorPool.Of(Panel(), new DonorPoolOptions { Neighbours = [(first, second)] }).Units;
        Assert.Equal(Panel().Units.Where(unit => unit != "S"), units);
    }

    [Fact]
    public void A_list_and_neighbours_come_first()
    {
        DonorPoolOptions options = new() { Donors = ["S", "X", "C"], Neighbours = [("S", "T"), ("N", "X"), ("T", "Elsewhere")], Nearest = 5 };
        Assert.Equal(["T", "C", "X"], DonorPool.Of(Panel(), options).Units);
        using TempFolder folder = new();
        string path = folder.Path("near.csv");
        File.WriteAllText(path, "a,b,km\nT,\"S\",3\nX,T,1\n");
        Assert.Equal([("T", "S"), ("X", "T")], NeighboursReader.Read(path));
    }

    [Theory]
    [InlineData("UnknownUnit", "Q")]
    [InlineData("DonorTreated", "T")]
    [InlineData("DonorPoolTooSmall", "X")]
    public void Lists_that_cannot_be_are_refused(string id, string donor) =>
        Assert.Equal(id, Assert.Throws<InvalidInputException>(() => DonorPool.Of(Panel(), new DonorPoolOptions { Donors = [donor] })).ErrorId);

    [Fact]
    public void What_has_no_meaning_is_refused()
    {
        Assert.Equal("OptionOutOfRange", Assert.Throws<InvalidInputException>(() => DonorPool.Of(Panel(), new DonorPoolOptions { Nearest = 0 })).ErrorId);
        Assert.Equal(
            "NeighboursUnknown", Assert.Throws<InvalidInputException>(() => DonorPool.Of(Panel(), new DonorPoolOptions { Neighbours = [("a", "b")] })).ErrorId);
        Panel untreated = Panel();
        untreated.TreatmentPeriods = new int?[5];
        Assert.Equal("NoTreatedUnit", Assert.Throws<InvalidInputException>(() => DonorPool.Of(untreated, new DonorPoolOptions { Nearest = 2 })).ErrorId);
    }
}
