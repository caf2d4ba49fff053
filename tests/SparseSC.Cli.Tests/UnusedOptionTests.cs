namespace SparseSC.Cli.Tests;

/// <summary>An option that the chosen mode does not use ends in exit code 2 and is named.</summary>
public class UnusedOptionTests
{
    [Theory]
    [InlineData("fit", "--fast --seed 3", "--seed draws the units of --sample-fraction.")]
    [InlineData("fit", "--fast --treatment-share 0.3", "--treatment-share belongs to --match-space d-lasso.")]
    [InlineData("fit", "--fast --match-space lasso-mixed --se-factor 1", "--se-factor is not used by --match-space lasso-mixed.")]
    [InlineData("fit", "--fast --v-pens 0.1 --lasso-folds 3", "--lasso-folds is not used with a single --v-pens")]
    [InlineData("fit", "--grid 0.1,0.2 --grid-length 3", "--grid-length describes a geometric grid and is not used with --grid.")]
    [InlineData("effects", "--w-pen 1", "--w-pen belongs to the joint fit. Give --joint as well")]
    [InlineData("effects", "--fast --w-pen 1", "--w-pen belongs to the joint fit and cannot be given with --fast.")]
    [InlineData("effects", "--joint --w-pens 1", "--w-pens belongs to the fast fit. Leave out --joint")]
    [InlineData("fit", "--w-pen-grid absolute", "--w-pen-grid belongs to the fast fit and to --w-pen-inner. Give --fast or --w-pen-inner as well")]
    [InlineData("fit", "--fast --w-pens 1 --w-pen-grid absolute", "--w-pen-grid is not used with --w-pens, which are taken as they are.")]
    [InlineData("effects", "--joint --w-pen-grid absolute", "--w-pen-grid belongs to the fast fit and to --w-pen-inner. Give --w-pen-inner as well")]
    [InlineData("effects", "--unit-weight did --scale none", "--scale is not used by --unit-weight did, which does not match on covariates.")]
    [InlineData("effects", "--joint --lasso-folds 3", "--lasso-folds belongs to a match space. Give --match-space as well")]
    [InlineData("effects", "--unit-weight simplex --w-pens 1", "--w-pens belongs to penalised unit weights and is not used by")]
    [InlineData("effects", "--unit-weight did --match-space lasso", "--match-space belongs to penalised unit weights and is not")]
    [InlineData("placebo", "--kind space --norm 2", "--norm belongs to --kind conformal and is not used by --kind space.")]
    [InlineData("placebo", "--kind leave-one-out --placebo-times 1980", "--placebo-times belongs to --kind time")]
    [InlineData("placebo", "--kind leave-one-out --cross-fit-folds 3", "--cross-fit-folds is not used by --kind leave-one-out")]
    [InlineData("placebo", "--kind conformal --joint", "--joint is not used by --kind conformal")]
    [InlineData("placebo", "--kind conformal --max-placebos 5", "--max-placebos is not used by --kind conformal")]
    [InlineData("placebo", "--kind conformal --unit-weight did", "--unit-weight is not used by --kind conformal")]
    [InlineData("placebo", "--kind conformal --draws 5", "--draws belongs to --permutations iid")]
    [InlineData("effects", "--nearest-by correlation", "--nearest-by is used together with --nearest only.")]
    [InlineData("placebo", "--kind time --w-pen 1", "--w-pen belongs to the joint fit.")]
    public void IsNamed(string verb, string options, string message)
    {
        CliRun run = CliRun.Of([verb, .. CliRun.California, .. options.Split(' ')]).Expect(2);
        Assert.StartsWith($"sparsesc {verb}: {message}", run.Error, StringComparison.Ordinal);
        Assert.Empty(run.Output);
    }

    [Fact]
    public void WhatAConformalTestUsesIsTaken() =>
        CliRun.Of([
            "placebo", .. CliRun.California, .. "--kind conformal --unit-weight simplex --demean --permutations iid --draws 50".Split(' '),
            .. "--seed 3 --level 0.9 --norm 2 --quiet".Split(' '),
        ]).Expect(0);
}
