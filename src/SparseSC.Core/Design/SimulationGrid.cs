namespace SparseSC.Core.Design;

/// <summary>Results of all simulations: set by duration by window by effect.</summary>
internal sealed class SimulationGrid(int sets, int durations, int windows, int effects)
{
    private readonly SimulatedEffect[] _effects = new SimulatedEffect[sets * durations * windows * effects];
    private readonly double[] _imbalances = new double[sets * durations * windows];
    private readonly double[] _outcomes = new double[sets * durations * windows];

    public int Windows => windows;

    public int Effects => effects;

    /// <summary>The number of a set, duration and window.</summary>
    public int Index(int set, int duration, int window) => (((set * durations) + duration) * windows) + window;

    /// <summary>Results of one set, duration and window, an effect each in the order of options.</summary>
    public Span<SimulatedEffect> Found(int index) => _effects.AsSpan(index * effects, effects);

    /// <summary>How badly the fit matches, as a share of what equal weights leave.</summary>
    public ref double Imbalance(int index) => ref _imbalances[index];

    /// <summary>The sum of outcomes of the test units in the window.</summary>
    public ref double Outcome(int index) => ref _outcomes[index];
}
