namespace SparseSC.Core.Errors;

/// <summary>Something that carries sentences in which options stand as <c>{CvFolds}</c> until whoever shows it puts them into words.</summary>
public interface ISpellable
{
    /// <summary>Puts every sentence into the words of one surface. Sentences that are in words stay.</summary>
    void Spell(Func<string, string> spell);
}
