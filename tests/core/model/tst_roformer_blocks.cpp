// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/dsp/mel_bands.h"
#include "core/model/band_average.h"
#include "core/model/band_split.h"
#include "core/model/mask_estimator.h"
#include "core/model/positions.h"
#include "core/model/row_norm.h"
#include "core/model/transformer.h"
#include "tests/support/golden_case.h"
#include "tests/support/golden_model.h"
#include "tests/support/strict_main.h"

using namespace headroom;
using namespace headroom::test;

namespace {

ModelShape blockShape(const nlohmann::json& config) {
    ModelShape shape;
    shape.kind = config.value("norm_output", false) ? ModelKind::MelBandRoformer : ModelKind::BsRoformer;
    shape.hiddenDim = config["dim"];
    shape.attentionHeads = config.value("heads", 1);
    shape.headWidth = config.value("dim_head", 2);
    shape.timeDepth = shape.linearDepth = config.value("depth", 1);
    return shape;
}

/// Checks the result of a function of rows and all gradients of the case's loss.
void checkFunction(GoldenComparison& comparison, const ParameterSet& parameters,
                   const std::function<at::Tensor(const at::Tensor&)>& function) {
    const at::Tensor input = comparison.input("input/x").set_requires_grad(true);
    const at::Tensor output = function(input);
    (output * comparison.input("input/r")).sum().backward();
    comparison.check("output/y", output);
    comparison.check("grad/input", input.grad());
    for (const auto& [name, value] : parameters.entries())
        comparison.check("grad/" + name, value.grad());
}

void load(ParameterSet& parameters, const GoldenCase& golden) {
    QVERIFY(parameters.load(goldenParameters(golden)).complete());
}

at::Tensor stored(const GoldenCase& golden, const std::string& ending) {
    for (const auto& [name, value] : golden.tensors)
        if (name.ends_with(ending))
            return value;
    return {};
}

BlockRun runFor(const GoldenCase& golden, const at::Tensor& frequencies, at::ScalarType dtype) {
    BlockRun run;
    if (golden.config().contains("length"))
        run.positions = positionTable(frequencies, golden.config()["length"], dtype);
    return run;
}

template <class Block>
void checkBlock(const GoldenCase& golden, GoldenComparison& comparison, const BlockRun& run,
                const std::function<Block(const ModelShape&, Initialization&)>& make) {
    ParameterSet parameters;
    Initialization init(parameters, at::kCPU, comparison.dtype(), 0);
    const Block block = make(blockShape(golden.config()), init);
    load(parameters, golden);
    const auto weights = block.weights(comparison.dtype());
    QCOMPARE(weights.size(), block.weightCount());
    checkFunction(comparison, parameters, [&](const at::Tensor& x) {
        return block.forward(x, weights.data(), run) - x; // the golden files lack the residual
    });
}

void checkAttention(const GoldenCase& golden, GoldenComparison& comparison) {
    const at::Tensor frequencies = rotaryFrequencies(golden.config()["dim_head"]);
    QVERIFY(at::equal(frequencies, stored(golden, "rotary_embed.freqs")));
    checkBlock<AttentionBlock>(
        golden, comparison, runFor(golden, frequencies, comparison.dtype()),
        [](const ModelShape& shape, Initialization& init) { return AttentionBlock(shape, "", {}, init); });
}

void checkPolarAttention(const GoldenCase& golden, GoldenComparison& comparison) {
    const at::Tensor frequencies = polarFrequencies(golden.config()["dim_head"]);
    QVERIFY(at::equal(frequencies, stored(golden, "pope_embed.inv_freqs")));
    checkBlock<AttentionBlock>(golden, comparison, runFor(golden, frequencies, comparison.dtype()),
                               [](const ModelShape& shape, Initialization& init) {
                                   const at::Tensor bias = init.constant(
                                       "pope_embed.bias", {shape.attentionHeads, shape.headWidth}, 0);
                                   return AttentionBlock(shape, "", bias, init);
                               });
}

void checkTransformer(const GoldenCase& golden, GoldenComparison& comparison) {
    using Axis = Transformer::Axis;
    ParameterSet parameters;
    Initialization init(parameters, at::kCPU, comparison.dtype(), 0);
    const bool linear = golden.config().value("linear_attn", false);
    const Transformer transformer(blockShape(golden.config()), linear ? Axis::All : Axis::Time, "", {}, init);
    load(parameters, golden);
    const BlockRun run = runFor(golden, rotaryFrequencies(golden.config()["dim_head"]), comparison.dtype());
    checkFunction(comparison, parameters, [&](const at::Tensor& x) {
        return transformer.forwardRows(x, transformer.weights(comparison.dtype()), run);
    });
}

void checkNorm(const GoldenCase& golden, GoldenComparison& comparison) {
    const at::Tensor gamma = comparison.input("param/gamma").set_requires_grad(true);
    const at::Tensor input = comparison.input("input/x").set_requires_grad(true);
    const at::Tensor output = unitNormalized(input) * gamma;
    comparison.check("output/y", output);
    if (!golden.tensors.contains("input/r"))
        return;
    (output * comparison.input("input/r")).sum().backward();
    comparison.check("grad/input", input.grad());
    comparison.check("grad/gamma", gamma.grad());
}

ModelShape bandShape(const nlohmann::json& config) {
    ModelShape shape = blockShape(config);
    shape.channels = config["channels"];
    shape.bands = config["freqs_per_bands"].get<std::vector<std::int64_t>>();
    return shape;
}

/// Features [batch, frames, bins * channels * 2] of the golden files as
/// [batch, channels, frames, bins, 2].
at::Tensor binsOf(const at::Tensor& features, std::int64_t channels) {
    return features.unflatten(2, {-1, channels, 2}).permute({0, 3, 1, 2, 4});
}

at::Tensor featuresOf(const at::Tensor& bins) {
    return bins.permute({0, 2, 3, 1, 4}).flatten(2);
}

void checkBandSplit(const GoldenCase& golden, GoldenComparison& comparison) {
    const ModelShape shape = bandShape(golden.config());
    ParameterSet parameters;
    Initialization init(parameters, at::kCPU, comparison.dtype(), 0);
    const BandSplit split(shape, "", init);
    load(parameters, golden);
    checkFunction(comparison, parameters, [&](const at::Tensor& x) {
        return split.forward(binsOf(x, shape.channels), comparison.dtype(), 0).permute({1, 2, 0, 3});
    });
}

void checkMaskEstimator(const GoldenCase& golden, GoldenComparison& comparison) {
    ModelShape shape = bandShape(golden.config());
    const bool isMel = golden.config()["model"] == "mel_band_roformer";
    shape.maskLayers = golden.config()["mask_estimator_depth"].get<int>() + (isMel ? 1 : 0);
    shape.maskExpansion = golden.config()["mlp_expansion_factor"];
    ParameterSet parameters;
    Initialization init(parameters, at::kCPU, comparison.dtype(), 0);
    const MaskEstimator estimator(shape, "", {}, init);
    load(parameters, golden);
    checkFunction(comparison, parameters, [&](const at::Tensor& x) {
        return featuresOf(estimator.forward(x.permute({2, 0, 1, 3}).contiguous(), 0, ScanForm::Operators));
    });
}

void checkMelBands(const GoldenCase& golden, GoldenComparison& comparison) {
    const auto& config = golden.config();
    ModelShape shape;
    shape.nFft = config["stft_n_fft"];
    setMelBands(shape, config["num_bands"], config["sample_rate"]);
    const at::Tensor stft = comparison.input("input/stft").transpose(2, 3); // frames before bins
    std::vector<at::Tensor> gathered;
    for (const BandGroup& group : bandGroups(shape.bands))
        gathered.push_back(featuresOf(binsOfGroup(stft, group, shape.bandStarts())));
    comparison.check("output/gathered", at::cat(gathered, 2));

    const BandAverage average(shape, at::kCPU);
    const at::Tensor masks = comparison.input("input/masks");
    std::vector<at::Tensor> stems;
    for (std::int64_t stem = 0; stem < masks.size(1); ++stem) {
        const at::Tensor mask = average.forward(binsOf(masks.select(1, stem), stft.size(1)));
        stems.push_back(at::view_as_real(at::view_as_complex(stft.contiguous()) *
                                         at::view_as_complex(mask.contiguous())));
    }
    comparison.check("output/masked", at::stack(stems, 1).transpose(3, 4));
}

} // namespace

/// The parts of RoFormers against the official ones.
class TestRoformerBlocks : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void attentionMatches() { runGoldenCases("attention", checkAttention); }
    void polarAttentionMatches() { runGoldenCases("attention_pope", checkPolarAttention); }
    void linearAttentionMatches() {
        runGoldenCases("linear_attention", [](const auto& golden, auto& comparison) {
            checkBlock<LinearAttentionBlock>(golden, comparison, {},
                                             [](const ModelShape& shape, Initialization& init) {
                                                 return LinearAttentionBlock(shape, "", init);
                                             });
        });
    }
    void feedForwardMatches() {
        runGoldenCases("feed_forward", [](const auto& golden, auto& comparison) {
            checkBlock<FeedForwardBlock>(golden, comparison, {},
                                         [](const ModelShape& shape, Initialization& init) {
                                             return FeedForwardBlock(shape, "", init);
                                         });
        });
    }
    void normMatches() {
        runGoldenCases("rmsnorm", checkNorm);
        runGoldenCases("rmsnorm_values", checkNorm);
    }
    void transformerMatches() { runGoldenCases("transformer", checkTransformer); }
    void bandSplitMatches() { runGoldenCases("band_split", checkBandSplit); }
    void melBandsMatch() {
        runGoldenCases("mel_bands", checkMelBands);
        for (const auto& file : goldenCaseFiles("mel_plan")) {
            const auto json = nlohmann::json::parse(std::ifstream(file));
            for (const auto& plan : json["plans"]) {
                const auto bands = melBands(plan["num_bands"], plan["sample_rate"], plan["n_fft"]);
                std::vector<std::vector<std::int64_t>> bins;
                for (const BinRange& band : bands)
                    bins.push_back({band.first, band.first + band.count - 1});
                QCOMPARE(bins, plan["bins"].get<std::vector<std::vector<std::int64_t>>>());
            }
        }
    }
    void averagesGradients() {
        ModelShape shape;
        shape.nFft = 512;
        setMelBands(shape, 20, 44100);
        const BandAverage average(shape, at::kCPU);
        std::int64_t places = 0;
        for (const std::int64_t width : shape.bands)
            places += width;
        const at::Tensor masks = at::randn({1, 2, 3, places, 2}, at::kDouble).set_requires_grad(true);
        const at::Tensor direction = at::randn({1, 2, 3, shape.bins(), 2}, at::kDouble);
        (average.forward(masks) * direction).sum().backward();
        // The average is linear: its gradient applied to any masks gives its value.
        const at::Tensor others = at::randn_like(masks);
        const double expected = (average.forward(others) * direction).sum().item<double>();
        QVERIFY(std::abs((masks.grad() * others).sum().item<double>() - expected) < 1e-9);
    }
    void maskEstimatorMatches() { runGoldenCases("mask_estimator", checkMaskEstimator); }
};

HEADROOM_TEST_MAIN(TestRoformerBlocks)
#include "tst_roformer_blocks.moc"
