using System.Collections;
using System.Reflection;
using SparseSC.Batch.Plan;
using SparseSC.Core.Effects.Robustness;
using SparseSC.Core.Errors;
using SparseSC.Core.Models;

namespace SparseSC.Batch.Tests.Errors;

/// <summary>No object reaches users with a sentence in which an option stands as {CvFolds}: whoever shows it can put all of them into words.</summary>
public sealed class SpellableTests
{
    private const string Template = "use {VmSize}";
    private static readonly string[] Sentences = ["Warnings", "Message", "Diagnosis", "Reason", "Note"];

    public static TheoryData<Type> Carriers => [.. typeof(ISpellable).Assembly.GetExportedTypes().Concat(typeof(BatchPlan).Assembly.GetExportedTypes())
        .Where(type => type.GetConstructor(Type.EmptyTypes) is not null && Own(type).Any())];

    [Fact]
    public void There_are_such_objects() => Assert.InRange(Carriers.Count, 8, 100);

    [Theory]
    [MemberData(nameof(Carriers))]
    public void Every_sentence_is_put_into_words(Type type)
    {
        Assert.True(typeof(ISpellable).IsAssignableFrom(type), $"{type.Name} carries {string.Join(", ", Own(type).Select(property => property.Name))} and is not ISpellable.");
        object made = Activator.CreateInstance(type)!;
        foreach (PropertyInfo property in Own(type))
        {
            property.SetValue(made, property.PropertyType == typeof(string) ? Template : new[] { Template, Template });
        }

        ((ISpellable)made).Spell(sentence => OptionText.Render(sentence, _ => new OptionWord("vmSize"), value => value));
        Assert.All(Own(type).SelectMany(property => Texts(property.GetValue(made))), text => Assert.Equal("use vmSize", text));
    }

    [Fact]
    public void Objects_within_are_put_into_words_too()
    {
        EffectEstimate estimate = new() { Periods = [new PeriodEffect()] };
        estimate.Periods[0].Fit.Warnings = [Template];
        ((ISpellable)new TimePlacebo { Estimates = [estimate] }).Spell(_ => "said");
        Assert.Equal(["said"], estimate.Periods[0].Fit.Warnings);
        PlanStatus status = new() { Failed = [new TaskFailure { Message = Template }], Invalid = [new InvalidResult { Reason = Template }] };
        ((ISpellable)status).Spell(_ => "said");
        Assert.Equal(("said", "said"), (status.Failed[0].Message, status.Invalid[0].Reason));
    }

    private static IEnumerable<PropertyInfo> Own(Type type) => type.GetProperties(BindingFlags.Instance | BindingFlags.Public)
        .Where(property => property.CanWrite && Sentences.Contains(property.Name) && (property.PropertyType == typeof(string) || property.PropertyType == typeof(string[])));

    private static IEnumerable<string> Texts(object? value) => value is string text ? [text] : ((IEnumerable)value!).Cast<string>();
}
