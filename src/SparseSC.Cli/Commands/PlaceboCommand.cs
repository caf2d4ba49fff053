using System.CommandLine;
using SparseSC.Cli.Hosting;
using SparseSC.Cli.Options;
using SparseSC.Cli.Output;
using SparseSC.Core.Effects;
using SparseSC.Core.Effects.Robustness;
using SparseSC.Core.Errors;
using SparseSC.Core.Models;
using static SparseSC.Cli.Options.OptionFactory;

namespace SparseSC.Cli.Commands;

/// <summary><c>sparsesc placebo</c>: the other tests of an effect.</summary>
internal static class PlaceboCommand
{
    public static Command Create(CliHost host)
    {
        Option<EffectTestKind?> kind = Choice(
            "--kind",
            "Every control as if treated; the treatment dated back; each donor left out; or a conformal test, which fits simplex weights",
            ("space", EffectTestKind.Space),
            ("time", EffectTestKind.Time),
            ("leave-one-out", EffectTestKind.LeaveOneOut),
            ("conformal", EffectTestKind.Conformal));
        Option<string[]> times = NameList("--placebo-times", "Kind time: times to date the treatment back to [default: the middle of the pre-periods]");
        ConformalOptionGroup conformal = new();
        EffectDataOptions data = new(host);
        EffectOptionGroup options = new();
        OutputOptions output = new();
        Verb command = new(
            "placebo",
            "Test an effect by placebos in space or time, by leaving donors out, or conformally, and print the result as JSON.",
            $"sparsesc placebo --kind space {Verb.California} --output space.json",
            $"sparsesc placebo --kind time --placebo-times 1980,1982 {Verb.California} --output time.json",
            $"sparsesc placebo --kind conformal {Verb.California} --output conformal.json");
        command.Add(kind);
        command.Add(times);
        conformal.AddTo(command);
        data.AddTo(command);
        options.AddTo(command);
        output.AddTo(command);
        command.SetAction(result => ErrorReport.Guard(host, result, () =>
        {
            output.Validate(result);
            EffectTestKind chosen = result.GetValue(kind)
                ?? throw new InvalidInputException(
                    "KindMissing", "{Kind} is missing; give space, time, leave-one-out or conformal.", "Kind");
            EffectOptionUse.CheckTest(chosen, conformal.Permutations(result), options.Method(result), [.. FastOptionGroup.Given(result)]);
            (EffectData effectData, _) = data.Read(result);
            if (!output.IsQuiet(result))
            {
                foreach (string warning in effectData.Warnings)
                {
                    host.Error.WriteLine($"sparsesc placebo: warning: {CliText.Render(warning, result)}");
                }
            }

            EffectOptions effectOptions = options.Read(result, effectData.Outcomes.Rows);
            (Action<Stream> json, Action<TextWriter> summary) = Test();
            output.Write(result, host, json);
            if (!output.IsQuiet(result))
            {
                summary(host.Error);
            }

            (Action<Stream> Json, Action<TextWriter> Summary) Test()
            {
                using ProgressReporter progress = new(host, output.IsQuiet(result));
                switch (chosen)
                {
                    case EffectTestKind.Space:
                        SpacePlacebo space = CliText.Spell(SpacePlacebo.Run(effectData, effectOptions, progress, host.Cancellation), result);
                        return (stream => EffectTestJson.Write(stream, space), writer => PlaceboSummary.Write(writer, space));
                    case EffectTestKind.Time:
                        string[] given = result.GetValue(times)!;
                        int[]? columns = given.Length == 0 ? null : Array.ConvertAll(given, name => effectData.FindTime(name, "PlaceboTimes"));
                        TimePlacebo time = CliText.Spell(TimePlacebo.Run(effectData, effectOptions, columns, progress, host.Cancellation), result);
                        return (stream => EffectTestJson.Write(stream, time), writer => PlaceboSummary.Write(writer, time));
                    case EffectTestKind.LeaveOneOut:
                        LeaveOneOutTest leaveOneOut = LeaveOneOutTest.Run(effectData, effectOptions, progress, host.Cancellation);
                        return (stream => EffectTestJson.Write(stream, leaveOneOut), writer => PlaceboSummary.Write(writer, leaveOneOut));
                    default:
                        ConformalTest test = CliText.Spell(ConformalTest.Run(effectData, conformal.Read(result, effectOptions), progress, host.Cancellation), result);
                        return (stream => EffectTestJson.Write(stream, test), writer => PlaceboSummary.Write(writer, test));
                }
            }
        }));
        return command;
    }
}
