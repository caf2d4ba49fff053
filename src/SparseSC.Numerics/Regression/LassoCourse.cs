namespace SparseSC.Numerics.Regression;

/// <summary>How the group norms ‖B_k‖ of a lasso went from penalty to penalty, and where they are heading.</summary>
/// <remarks>Along a path they are nearly linear in the penalty, so that Newton's method starts closer to the next solution.</remarks>
internal sealed class LassoCourse
{
    private double[] _last = [];
    private double[] _before = [];
    private double[] _predicted = [];
    private double _lastPenalty;
    private double _penaltyBefore;
    private int _known;

    /// <summary>Whether the last solution took Newton steps.</summary>
    public bool IsKnown => _known > 0;

    /// <summary>Forgets everything.</summary>
    public void Clear() => _known = 0;

    /// <summary>Notes a solution.</summary>
    public void Add(LassoState state, double lambda, bool neededNewton)
    {
        if (!neededNewton)
        {
            Clear();
            return;
        }

        int features = state.Problem.Features;
        if (_last.Length < features)
        {
            _last = new double[features];
            _before = new double[features];
            _predicted = new double[features];
        }

        (_last, _before) = (_before, _last);
        (_penaltyBefore, _lastPenalty) = (_lastPenalty, lambda);
        for (int k = 0; k < features; k++)
        {
            _last[k] = state.InPlay[k] ? LassoProblem.RowNorm(state.Coefficients, k) : 0;
        }

        _known = Math.Min(_known + 1, 2);
    }

    /// <summary>Group norms to start from at λ = <paramref name="lambda"/>; empty for those of the last solution.</summary>
    public ReadOnlySpan<double> Predict(double lambda)
    {
        if (_known < 2 || _lastPenalty == _penaltyBefore)
        {
            return [];
        }

        double reach = (lambda - _lastPenalty) / (_lastPenalty - _penaltyBefore);
        for (int k = 0; k < _last.Length; k++)
        {
            // A feature on its way out stays until a step says so: from 0 on nothing pulls it back.
            double moved = _last[k] + (reach * (_last[k] - _before[k]));
            _predicted[k] = _before[k] > 0 && moved > 0 ? moved : _last[k];
        }

        return _predicted;
    }
}
