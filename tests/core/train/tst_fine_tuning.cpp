// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/config/model_kind.h"
#include "core/model/adapters.h"
#include "core/model/parameter_prefix.h"
#include "core/separate/load_model.h"
#include "core/support/error.h"
#include "tests/core/train/same_checkpoint.h"
#include "tests/core/train/trainer_fixture.h"
#include "tests/support/small_config.h"
#include "tests/support/strict_main.h"

#include <ATen/ATen.h>
#include <ATen/Parallel.h>

#include <algorithm>
#include <functional>

using namespace headroom;
using namespace headroom::test;
namespace fs = std::filesystem;

namespace {

constexpr int steps = 13;

/// The message of the error; empty if there is none.
std::string refusalOf(const std::function<void()>& action) {
    try {
        action();
    } catch (const Error& error) {
        return error.kind() == ErrorKind::Input ? error.message() : "wrong kind: " + error.message();
    }
    return {};
}

TensorMap copyOf(const TensorMap& tensors) {
    TensorMap copy;
    for (const auto& [name, tensor] : tensors)
        copy[name] = tensor.detach().clone();
    return copy;
}

/// Names without a kind such as "exp_avg/".
bool namesAreThose(const TensorMap& state, const ParameterSet& parameters) {
    return std::ranges::all_of(state, [&](const auto& entry) {
        return entry.first == "step" || entry.first == "group_loss" ||
               parameters.contains(entry.first.substr(entry.first.find('/') + 1));
    });
}

} // namespace

Q_DECLARE_METATYPE(headroom::RunConfig)

/// Frozen parameters and adapters in training steps, runs and checkpoints.
class TestFineTuning : public QObject, private TrainerFixture {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { at::set_num_threads(1); }
    void init() { reset(); }

    void changesOnlyWhatIsTrained_data() {
        QTest::addColumn<RunConfig>("config");
        const char* const names[] = {"AdamW", "SGD", "Adafactor"};
        for (const ModelKind kind :
             {ModelKind::BsMamba2, ModelKind::BsRoformer, ModelKind::MelBandRoformer}) {
            for (int optimizer = 0; optimizer < 3; ++optimizer) {
                RunConfig config = smallConfig();
                changeModelKind(config, kind);
                if (kind != ModelKind::BsMamba2) {
                    config.model.heads = config.model.dimHead = 4;
                    config.model.numBands = 4;
                }
                if (kind == ModelKind::MelBandRoformer)
                    config.model.freqsPerBands.clear();
                config.training.optimizer = static_cast<OptimizerKind>(optimizer);
                const std::string row = modelKindName(kind) + ", " + names[optimizer];
                config.training.loraRank = 4;
                QTest::addRow("adapters, %s", row.c_str()) << config;
                config.training.loraRank = 0;
                config.training.freeze = {"band_split", "layers.0"};
                QTest::addRow("frozen, %s", row.c_str()) << config;
            }
        }
    }
    void changesOnlyWhatIsTrained() {
        QFETCH(const RunConfig, config);
        TrainStep step(config, at::kCPU);
        const TensorMap weights = copyOf(step.state().weights);
        const TensorMap adapters = copyOf(step.state().adapters);
        const at::Tensor mixture = at::randn({2, 1, 1100}) * 0.1;
        const at::Tensor targets = at::randn({2, 1, 1, 1100}) * 0.1;
        for (int update = 0; update < 3; ++update) {
            step.forwardBackward(mixture, targets, 1);
            QVERIFY(namesAreThose(step.state().group, step.trained()));
            for (const auto& entry : step.model().parameters().entries())
                QCOMPARE(entry.value.grad().defined(), step.trained().contains(entry.name));
            step.update(1e-2);
        }
        const TrainStep::State after = step.state();
        QVERIFY(namesAreThose(after.optimizer, step.trained()));
        QVERIFY(namesAreThose(after.ema, step.trained()));
        QCOMPARE(after.ema.size(), step.trained().size());
        for (const auto& [name, value] : weights)
            QVERIFY2(at::equal(value, after.weights.at(name)) != step.trained().contains(name), name.c_str());
        for (const auto& [name, value] : adapters)
            QVERIFY2(!at::equal(value, after.adapters.at(name)), name.c_str());
        // The EMA of what is trained is swapped in, and out again.
        const std::string trained = step.trained().entries().front().name;
        const ParameterSet& own = adapters.empty() ? step.model().parameters() : step.model().adapters();
        const at::Tensor live = own.at(trained).detach().clone();
        {
            const TrainStep::EmaWeights averaged(step);
            QVERIFY(at::equal(own.at(trained), after.ema.at(trained)));
            QVERIFY(!at::equal(own.at(trained), live));
        }
        QVERIFY(at::equal(own.at(trained), live));
    }

    /// Also without the file that it started from.
    void resumesExactly_data() {
        QTest::addColumn<int>("rank");
        QTest::addColumn<bool>("bf16");
        QTest::newRow("adapters") << 4 << false;
        QTest::newRow("adapters, bf16") << 4 << true;
        QTest::newRow("frozen") << 0 << false;
    }
    void resumesExactly() {
        QFETCH(const int, rank);
        QFETCH(const bool, bf16);
        const std::string base = startFromBase();
        config_.training.precision = bf16 ? Precision::Bf16 : Precision::Fp32;
        config_.training.loraRank = rank;
        config_.training.freeze = {"band_split", "layers.0.1"};
        const fs::path straight = folder_.parent_path() / "straight";
        const RunOutcome whole = train(config_, straight, steps);
        QVERIFY(whole.hasNotice("the others are frozen"));
        train(config_, folder_, 1);
        fs::remove(base);
        train(config_, folder_, 4, true);
        train(config_, folder_, steps, true);
        const Checkpoint end = newestCheckpoint(folder_);
        QCOMPARE(end.tensors.adapters.empty(), rank == 0);
        const std::string found = difference(end, newestCheckpoint(straight));
        QVERIFY2(found.empty(), found.c_str());
    }

    void checkpointHasAdaptersApartAndMerged() {
        const std::string base = startFromBase();
        const TensorMap before = readSafetensors(base).tensors;
        config_.training.loraRank = 4;
        config_.training.learningRate = 1e-2;
        train(config_, folder_, 3);
        const CheckpointStore store = storeOf(folder_);
        const fs::path checkpoint = store.path(3);
        const Checkpoint state = readCheckpoint(checkpoint);
        const TensorMap adapters = readSafetensors((checkpoint / adaptersFileName).string()).tensors;
        // Those of the EMA.
        const std::string found = difference(adapters, state.tensors.ema, "adapters");
        QVERIFY2(found.empty(), found.c_str());
        QVERIFY(!difference(adapters, state.tensors.adapters, "adapters").empty());
        const std::string weightsDiffer = difference(state.tensors.weights, before, "weights");
        QVERIFY2(weightsDiffer.empty(), weightsDiffer.c_str());

        const TensorMap merged = readSafetensors((checkpoint / weightsFileName).string()).tensors;
        QCOMPARE(merged.size(), before.size());
        for (const auto& [name, weight] : merged) {
            const std::string module = name.substr(0, name.rfind('.'));
            at::Tensor expected = before.at(name);
            const bool isAdapted = adapters.contains(module + ".lora_A") && name.ends_with(".weight");
            if (isAdapted)
                expected =
                    expected + at::matmul(adapters.at(module + ".lora_B"), adapters.at(module + ".lora_A"))
                                   .view_as(expected);
            QVERIFY2(at::allclose(weight, expected, 1e-6, 1e-7), name.c_str());
            QCOMPARE(at::equal(weight, before.at(name)), !isAdapted);
        }
        // They separate as any other weights.
        const LoadedModel model = loadModel(checkpoint / weightsFileName, std::nullopt, at::kCPU);
        QCOMPARE(model.config.training.loraRank, 4);
        QCOMPARE(model.model->adapters().size(), std::size_t{0});

        // A checkpoint with damaged adapters is damaged.
        fs::resize_file(checkpoint / adaptersFileName, fs::file_size(checkpoint / adaptersFileName) - 1);
        QVERIFY(!refusalOf([&] { readCheckpoint(checkpoint); }).empty());
    }

    void withoutAdaptersHasNoFileOfThem() {
        train(config_, folder_, 1);
        QVERIFY(!fs::exists(storeOf(folder_).path(1) / adaptersFileName));
    }

    void refusesWhatMakesNoSense() {
        const auto refuses = [&](const std::string& part) {
            const std::string message = refusalOf([&] { train(config_, folder_, 1); });
            QVERIFY2(contains(message, part), message.c_str());
            QVERIFY(!fs::exists(folder_));
        };
        config_.training.loraRank = 4;
        refuses("Set training.init_from to the weights to fine-tune");
        startFromBase();
        config_.training.freeze = {"layers.1"};
        refuses("training.freeze lists 'layers.1'");
        config_.training.freeze = {"layers", "mask_estimators"};
        refuses("training.freeze leaves no weight matrix");
        config_.training.loraRank = 17;
        config_.training.freeze = {};
        refuses("training.lora_rank 17 is more than model.hidden_dim 16");
    }

    /// A run that stopped before its first checkpoint starts again from the file.
    void resumingWithoutACheckpointNeedsTheWeights() {
        startFromBase();
        config_.training.loraRank = 4;
        train(config_, folder_, 1);
        fs::remove_all(folder_ / "checkpoints");
        fs::remove(folder_ / "journal.jsonl");
        config_.training.initFrom.clear();
        const std::string message = refusalOf([&] { train(config_, folder_, 2, true); });
        QVERIFY2(contains(message, "training.init_from"), message.c_str());
    }

private:
    /// Lets runs start from weights of a short one. @return their file
    std::string startFromBase() {
        const fs::path run = folder_.parent_path() / "base";
        train(run_.config(), run, 1);
        const fs::path file = folder_.parent_path() / "base.safetensors";
        fs::rename(storeOf(run).path(1) / weightsFileName, file);
        config_.training.initFrom = file.string();
        return file.string();
    }
};

HEADROOM_TEST_MAIN(TestFineTuning)
#include "tst_fine_tuning.moc"
