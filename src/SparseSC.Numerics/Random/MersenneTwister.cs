namespace SparseSC.Numerics.Random;

/// <summary>The 32-bit Mersenne Twister MT19937 with the integer seeding and bounded draws of numpy's legacy <c>RandomState</c>.</summary>
/// <remarks>Source: Matsumoto and Nishimura (1998), "Mersenne Twister", ACM TOMACS 8(1); the 2002 initialisation.</remarks>
public sealed class MersenneTwister
{
    private const int StateLength = 624;
    private const int Middle = 397;
    private const uint Twist = 0x9908b0df;
    private readonly uint[] _state = new uint[StateLength];
    private int _next = StateLength;

    /// <summary>Creates a generator from a seed.</summary>
    public MersenneTwister(uint seed)
    {
        _state[0] = seed;
        for (uint i = 1; i < StateLength; i++)
        {
            uint previous = _state[i - 1];
            _state[i] = (1812433253u * (previous ^ (previous >> 30))) + i;
        }
    }

    /// <summary>The next 32 random bits.</summary>
    public uint NextUInt32()
    {
        if (_next == StateLength)
        {
            Refill();
        }

        uint y = _state[_next++];
        y ^= y >> 11;
        y ^= (y << 7) & 0x9d2c5680;
        y ^= (y << 15) & 0xefc60000;
        return y ^ (y >> 18);
    }

    /// <summary>A uniform integer in [0, <paramref name="maximum"/>], by masking and rejection as numpy's legacy generator draws it.</summary>
    public uint NextInterval(uint maximum)
    {
        if (maximum == 0)
        {
            return 0;
        }

        uint mask = (uint)((1UL << (32 - System.Numerics.BitOperations.LeadingZeroCount(maximum))) - 1);
        uint value;
        do
        {
            value = NextUInt32() & mask;
        }
        while (value > maximum);
        return value;
    }

    /// <summary>Shuffles in place as numpy's legacy <c>shuffle</c> does (Fisher–Yates from the end).</summary>
    public void Shuffle(Span<int> items)
    {
        for (int i = items.Length - 1; i > 0; i--)
        {
            int j = (int)NextInterval((uint)i);
            (items[i], items[j]) = (items[j], items[i]);
        }
    }

    /// <summary>Puts items drawn without replacement into the first places, each with the same chance (Fisher–Yates from the beginning).</summary>
    /// <param name="items">All items; they come back in another order.</param>
    /// <param name="count">How many are drawn.</param>
    public void Draw<T>(Span<T> items, int count)
    {
        for (int i = 0; i < count; i++)
        {
            int j = i + (int)NextInterval((uint)(items.Length - 1 - i));
            (items[i], items[j]) = (items[j], items[i]);
        }
    }

    private void Refill()
    {
        for (int i = 0; i < StateLength; i++)
        {
            uint y = (_state[i] & 0x80000000) | (_state[(i + 1) % StateLength] & 0x7fffffff);
            uint twisted = _state[(i + Middle) % StateLength] ^ (y >> 1);
            _state[i] = (y & 1) == 0 ? twisted : twisted ^ Twist;
        }

        _next = 0;
    }
}
