using SparseSC.Core.Errors;

namespace SparseSC.Core.Tests.Errors;

public class OptionTextTests
{
    [Theory]
    [InlineData("{CvFolds} 50 needs at least 50 control units", "--cv-folds 50 needs at least 50 control units")]
    [InlineData("give {TreatedUnit} and {TreatmentTime}", "give --treated-unit and --treatment-time")]
    [InlineData("{VPen}, {WPen}, {WPenInner}, {Tol}, {MaxIter}", "--v-pen, --w-pen, --w-pen-inner, --tol, --max-iter")]
    [InlineData("{MaxDegreeOfParallelism}, {KeepWeights}, {TreatedUnits}", "--threads, --no-weights, --treated")]
    [InlineData("{Missing} {Missing:Interpolate} or {Missing:DropUnit}", "--missing interpolate or drop-unit")]
    [InlineData("{ModelType} {ModelType:ProspectiveRestricted} needs", "--model-type prospective-restricted needs")]
    [InlineData("{Choice} {Choice:OneStandardError}, {GradientFolds:None}", "--choice 1se, none")]
    [InlineData("{lower} {} {Not a token} {Missing:} {:Full} stay", "{lower} {} {Not a token} {Missing:} {:Full} stay")]
    public void CommandLineSpelling(string message, string expected) => Assert.Equal(expected, OptionText.ToCommandLine(message));

    [Theory]
    [InlineData("{CvFolds} 50 needs at least 50 control units", "-CvFolds 50 needs at least 50 control units")]
    [InlineData("{Features}, {Targets}, {Treated}, {Covariates}", "-Feature, -Target, -TreatedUnit, -Covariate")]
    [InlineData("{VPen}{WPen}", "-VPen-WPen")]
    [InlineData("{Missing} {Missing:Interpolate} or {Missing:DropUnit}", "-Missing Interpolate or DropUnit")]
    [InlineData("{ModelType} {ModelType:ProspectiveRestricted} needs", "-ModelType ProspectiveRestricted needs")]
    [InlineData("{Choice} {Choice:OneStandardError}, {GradientFolds:None}", "-Choice OneStandardError, None")]
    [InlineData("{Tol}, {MaxIter}, {Threads}, {Force}", "-Tolerance, -MaxIteration, -ThrottleLimit, -Force")]
    public void PowerShellSpelling(string message, string expected) => Assert.Equal(expected, OptionText.ToPowerShell(message));
}
