using SparseSC.Core.Errors;

namespace SparseSC.Core.Tests.Errors;

public class OptionTextTests
{
    [Theory]
    [InlineData("{CvFolds} 50 needs at least 50 control units", "--cv-folds 50 needs at least 50 control units")]
    [InlineData("give {TreatedUnit} and {TreatmentTime}", "give --treated-unit and --treatment-time")]
    [InlineData("{VPen}, {WPen}, {WPenInner}, {Tol}, {MaxIter}", "--v-pen, --w-pen, --w-pen-inner, --tol, --max-iter")]
    [InlineData("{MaxDegreeOfParallelism}, {KeepWeights}, {TreatedUnits}", "--threads, --no-weights, --treated")]
    [InlineData("{lower} {} {Not a token} stay", "{lower} {} {Not a token} stay")]
    public void CommandLineSpelling(string message, string expected) => Assert.Equal(expected, OptionText.ToCommandLine(message));

    [Theory]
    [InlineData("{CvFolds} 50 needs at least 50 control units", "-CvFolds 50 needs at least 50 control units")]
    [InlineData("{Features}, {Targets}, {Treated}, {Covariates}", "-Feature, -Target, -TreatedUnit, -Covariate")]
    [InlineData("{VPen}{WPen}", "-VPen-WPen")]
    [InlineData("{Tol}, {MaxIter}, {Threads}, {Force}", "-Tolerance, -MaxIteration, -ThrottleLimit, -Force")]
    public void PowerShellSpelling(string message, string expected) => Assert.Equal(expected, OptionText.ToPowerShell(message));
}
