// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/config/config_file.h"
#include "core/config/model_kind.h"
#include "core/model/inferred_model.h"
#include "core/model/weights_fit.h"
#include "core/support/error.h"
#include "core/weights/safetensors.h"
#include "tests/support/bad_files.h"
#include "tests/support/chosen_seed.h"
#include "tests/support/golden_model.h"
#include "tests/support/step_config.h"
#include "tests/support/strict_main.h"

using namespace headroom;
using namespace headroom::test;

namespace {

NamedTensors outlineOfModel(const ModelShape& shape) {
    const BandSplitModel model(shape, at::kMeta, at::kFloat, 0);
    NamedTensors tensors;
    for (const auto& [name, value] : model.parameters().entries())
        tensors.emplace(name, value.detach());
    return tensors;
}

NamedTensors readOutline(const nlohmann::json& names) {
    NamedTensors tensors;
    for (const auto& [name, sizes] : names.items())
        tensors.emplace(name,
                        at::empty(sizes.get<std::vector<std::int64_t>>(), at::TensorOptions(at::kMeta)));
    return tensors;
}

/// The options that tensors leave open, as inferModel() assumes them.
RunConfig visible(const RunConfig& config) {
    RunConfig left;
    changeModelKind(left, config.model.kind);
    left.audio.channels = config.audio.channels;
    left.audio.nFft = config.audio.nFft;
    ModelConfig model = config.model;
    const ModelConfig usual;
    model.useGradientCheckpointing = usual.useGradientCheckpointing;
    model.recomputeLayers = usual.recomputeLayers;
    model.recomputeSlices = usual.recomputeSlices;
    model.offload = usual.offload;
    model.keptActivations = usual.keptActivations;
    model.keptLayers = usual.keptLayers;
    model.attnDropout = model.ffDropout = 0;
    model.winLength = usual.winLength;
    model.stftNormalized = model.zeroDc = model.skipConnection = false;
    if (model.maskLayers == 1)
        model.mlpExpansionFactor = usual.mlpExpansionFactor;
    left.model = model;
    return left;
}

bool mentions(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

} // namespace

class TestInferredModel : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void findsRandomConfigurations() {
        const std::uint64_t seed = chosenSeed();
        for (std::uint64_t i = 0; i < 60; ++i) {
            const StepSize size = i % 3 == 0 ? StepSize::Large : StepSize::Small;
            const RunConfig config =
                i % 2 == 0 ? drawStepConfig(seed + i, size) : drawRoformerConfig(seed + i, size);
            const ModelShape shape = modelShape(config);
            const NamedTensors tensors = outlineOfModel(shape);
            const InferredModel inferred = inferModel(tensors, "a.safetensors");
            const std::string text = dumpConfig(config) + "\n---\n" + dumpConfig(inferred.config);
            QVERIFY2(inferred.config.model == visible(config).model, text.c_str());
            QVERIFY2(inferred.config.audio == visible(config).audio, text.c_str());
            QCOMPARE(inferred.config.data.targets.size(), config.data.targets.size());
            requireFit(tensors, modelShape(inferred.config), "a.safetensors", {});
        }
    }

    void findsPublishedRoformers() {
        int files = 0;
        for (const auto& entry :
             std::filesystem::directory_iterator(HEADROOM_TEST_DATA "/golden/roformers")) {
            const auto json = nlohmann::json::parse(std::ifstream(entry.path()));
            const std::string path = entry.path().string();
            const auto& given = json["config"];
            const NamedTensors tensors = readOutline(json["state_dict"]);
            const RunConfig config = inferModel(tensors, path).config;
            QCOMPARE(modelKindName(config.model.kind), json["model"].get<std::string>());
            QCOMPARE(config.model.hiddenDim, given["dim"].get<int>());
            QCOMPARE(config.model.numLayers, given["depth"].get<int>());
            QCOMPARE(config.model.heads, given["heads"].get<int>());
            QCOMPARE(config.model.dimHead, given["dim_head"].get<int>());
            QCOMPARE(config.model.mlpExpansionFactor, given.value("mlp_expansion_factor", 4));
            QCOMPARE(config.audio.channels, given["stereo"].get<bool>() ? 2 : 1);
            QCOMPARE(config.audio.nFft, 2048);
            QCOMPARE(config.audio.sampleRate, 44100);
            QCOMPARE(config.data.targets.size(), given["num_stems"].get<std::size_t>());
            QVERIFY(config.model.freqsPerBands.empty()); // all have the usual 62 or 60 bands
            requireFit(tensors, modelShape(config), path, {});
            ++files;
        }
        QVERIFY(files >= 9);
    }

    /// Small models of the reference implementations, with transforms and sizes that nobody publishes.
    void findsModelsOfTheReference() {
        std::vector<GoldenCase> cases;
        for (const char* kind : {"bs_roformer", "mel_band_roformer", "bsmamba2_full"})
            for (const GoldenCase& golden : goldenCases(kind))
                cases.push_back(golden);
        QVERIFY(cases.size() >= 13);
        for (const GoldenCase& golden : cases) {
            const ModelShape shape = goldenShape(golden.config());
            const NamedTensors tensors = golden.under("param/");
            const RunConfig config = inferModel(tensors, golden.name).config;
            QCOMPARE(config.model.kind, shape.kind);
            QCOMPARE(config.audio.nFft, static_cast<int>(shape.nFft));
            const ModelShape found = modelShape(config);
            QVERIFY2(found.bands == shape.bands && found.bandStarts() == shape.bandStarts(),
                     golden.name.c_str());
            QCOMPARE(found.linearDepth, shape.linearDepth);
            QCOMPARE(found.polarPositions, shape.polarPositions);
            QCOMPARE(found.maskLayers, shape.maskLayers);
            requireFit(tensors, found, golden.name, {});
        }
    }

    void findsTheModelOfThePaper() {
        std::ifstream file(HEADROOM_TEST_DATA "/golden/state_dict_keys_full.json");
        const RunConfig config = inferModel(readOutline(nlohmann::json::parse(file)), "paper.ckpt").config;
        QVERIFY(config == RunConfig());
    }

    void saysWhatItAssumes() {
        RunConfig config;
        changeModelKind(config, ModelKind::BsRoformer);
        const InferredModel bs = inferModel(outlineOfModel(modelShape(config)), "a");
        QCOMPARE(bs.assumed, (std::vector<std::string>{
                                 "audio.hop_length", "data.targets", "audio.sample_rate", "model.win_length",
                                 "model.zero_dc", "model.skip_connection", "separation.chunk_seconds"}));
        const InferredModel mamba = inferModel(outlineOfModel(modelShape(RunConfig{})), "a");
        QVERIFY(std::ranges::find(mamba.assumed, "model.zero_dc") == mamba.assumed.end());
        QCOMPARE(mamba.config.audio.hopLength, 441);
    }

    void namesStemsAsUsual() {
        RunConfig config;
        config.data.targets = {"a", "b", "c", "d"};
        const auto stems = [&] {
            return inferModel(outlineOfModel(modelShape(config)), "a").config.data.targets;
        };
        QCOMPARE(stems(), (std::vector<std::string>{"drums", "bass", "other", "vocals"}));
        config.data.targets = {"a", "b", "c"};
        QCOMPARE(stems(), (std::vector<std::string>{"stem_1", "stem_2", "stem_3"}));
    }

    void refusesWhatIsNoModel() {
        QVERIFY(mentions(test::inputErrorOf([] { inferModel({}, "a.pt"); }),
                         "a.pt: the file contains no tensors"));
        QVERIFY(mentions(test::inputErrorOf([] {
                             inferModel({{"lstm.weight", at::zeros({2})}}, "a.pt");
                         }),
                         "not the weights of a model that Headroom has; the file contains, for example, "
                         "'lstm.weight'"));
        NamedTensors variant = outlineOfModel(modelShape(drawRoformerConfig(1, StepSize::Small)));
        variant["layers.1.0.layers.0.0.to_value_residual_mix.weight"] = at::zeros({2});
        QVERIFY(mentions(test::inputErrorOf([&] { inferModel(variant, "a.pt"); }),
                         "a RoFormer with value residual"));
    }

    /// A change of any tensor is noticed here or by the comparison with what was inferred.
    void refusesBrokenModels() {
        const RunConfig configs[] = {drawStepConfig(7, StepSize::Small),
                                     drawRoformerConfig(7, StepSize::Small),
                                     drawRoformerConfig(8, StepSize::Small)};
        for (const RunConfig& config : configs) {
            const NamedTensors whole = outlineOfModel(modelShape(config));
            int number = 0;
            for (const auto& [name, tensor] : whole) {
                if (number++ % 7 != 0) // each one builds models
                    continue;
                for (const std::vector<std::int64_t>& sizes :
                     {std::vector<std::int64_t>{}, {0}, {3, 5}, {std::int64_t{1} << 40, 1, 1}}) {
                    NamedTensors broken = whole;
                    broken[name] = at::empty(sizes, at::TensorOptions(at::kMeta));
                    QVERIFY2(!test::inputErrorOf([&] {
                                  const RunConfig inferred = inferModel(broken, "a").config;
                                  requireFit(broken, modelShape(inferred), "a", {});
                              }).empty(),
                             name.c_str());
                }
            }
        }
    }

    void contradictionsNameTheContentsOfTheFile() {
        const RunConfig config = drawRoformerConfig(5, StepSize::Small);
        const NamedTensors tensors = outlineOfModel(modelShape(config));
        RunConfig other = config;
        other.model.numLayers += 1;
        const auto refused = [&] {
            return test::inputErrorOf([&] { requireFit(tensors, modelShape(other), "a.pt", "Ask."); });
        };
        QVERIFY2(
            mentions(refused(), "the configuration has " + std::to_string(other.model.numLayers) + " layer"),
            refused().c_str());
        other = config;
        other.model.heads += 1;
        const std::string expected = "model.heads is " + std::to_string(config.model.heads) + ", not " +
                                     std::to_string(other.model.heads);
        QVERIFY2(mentions(refused(), expected) && mentions(refused(), "Ask."), refused().c_str());
        other = config;
        other.model.usePope = !other.model.usePope;
        QVERIFY2(mentions(refused(), "model.use_pope is"), refused().c_str());
    }

    void countsMaskLayers() {
        RunConfig config = drawRoformerConfig(3, StepSize::Small);
        for (const int layers : {1, 2, 3}) {
            config.model.maskLayers = layers;
            QCOMPARE(countMaskLayers(outlineOfModel(modelShape(config))), layers);
        }
        QCOMPARE(countMaskLayers({}), 0);
    }
};

HEADROOM_TEST_MAIN(TestInferredModel)
#include "tst_inferred_model.moc"
