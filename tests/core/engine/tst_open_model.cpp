// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/config/model_kind.h"
#include "core/engine/open_model.h"
#include "core/separate/load_model.h"
#include "core/separate/separate_song.h"
#include "core/support/error.h"
#include "core/values/event_json.h"
#include "core/weights/torch_archive_writer.h"
#include "tests/core/engine/tiny_weights.h"
#include "tests/support/strict_main.h"
#include "tests/support/test_signals.h"
#include "tests/support/unprivileged.h"

#include <QTemporaryDir>

#include <cmath>
#include <fstream>
#include <functional>

using namespace headroom;
namespace fs = std::filesystem;

namespace {

/// The message of the Error that `work` throws; empty if it throws none.
std::string messageOf(const std::function<void()>& work) {
    try {
        work();
    } catch (const Error& error) {
        return error.message();
    }
    return {};
}

bool mentions(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

ModelSource weightsAt(const fs::path& path) {
    ModelSource source;
    source.weights = path.string();
    source.device = "cpu";
    return source;
}

ModelSource runAt(const fs::path& path) {
    ModelSource source;
    source.run = path.string();
    source.device = "cpu";
    return source;
}

} // namespace

class TestOpenModel : public QObject {
    Q_OBJECT
private:
    QTemporaryDir scratch_;
    fs::path root() const { return scratch_.path().toStdString(); }

    fs::path checkpoint(const fs::path& run, const char* name) const {
        const fs::path folder = run / "checkpoints" / name;
        fs::create_directories(folder);
        writeTinyWeights(folder);
        return folder;
    }
    static void writeTinyWeights(const fs::path& folder) {
        test::writeTinyWeights(folder / "weights.safetensors");
    }

private Q_SLOTS:
    void refusesInvalidStemNames() {
        RunConfig config = test::tinyConfig();
        config.data.targets = {"../../evil"};
        test::writeTinyWeights(root() / "evil.safetensors", config);
        const std::string message = messageOf([&] { openModel(weightsAt(root() / "evil.safetensors")); });
        QVERIFY2(mentions(message, "evil.safetensors, metadata 'config':"), message.c_str());
        QVERIFY2(mentions(message, "'../../evil' in data.targets is not a valid stem name"), message.c_str());
    }

    void readsConfigurationFromWeights() {
        const fs::path path = root() / "weights.safetensors";
        test::writeTinyWeights(path);
        const OpenModel open = openModel(weightsAt(path));
        QCOMPARE(open.segmentModel.sampleRate, 8000);
        QCOMPARE(open.segmentModel.segmentFrames, 4000);
        QCOMPARE(open.segmentModel.overlap, 0.5);
        QCOMPARE(open.segmentModel.stems, std::vector<std::string>{"vocals"});
        QVERIFY(open.file == path && open.device == "cpu");
    }
    void loadsWeightsOfFile() {
        RunConfig config = test::tinyConfig();
        const BandSplitModel model(modelShape(config), at::kCPU, at::kFloat, 77);
        const fs::path path = root() / "seventy-seven.safetensors";
        writeSafetensors(path.string(), test::tensorsOf(model), {{"config", dumpConfig(config)}});
        const OpenModel open = openModel(weightsAt(path));
        for (const auto& entry : model.parameters().entries())
            QVERIFY(at::equal(open.loaded->model->parameters().at(entry.name), entry.value));
    }
    void opensOnlyRequestedCheckpoint() {
        const fs::path run = root() / "named";
        checkpoint(run, "step-00000100");
        const fs::path newer = checkpoint(run, "step-00000200");
        ModelSource source = runAt(run);
        source.step = 100;
        QVERIFY(openModel(source).file == run / "checkpoints/step-00000100/weights.safetensors");
        source.step = 300;
        QVERIFY(mentions(messageOf([&] { openModel(source); }), "no longer has a checkpoint of step 300"));
        std::ofstream(newer / "weights.safetensors") << "damaged";
        source.step = 200;
        QVERIFY(!messageOf([&] { openModel(source); }).empty());
    }
    void acceptsOverlapAndSegmentLength() {
        const fs::path path = root() / "weights.safetensors";
        test::writeTinyWeights(path);
        ModelSource source = weightsAt(path);
        source.overlap = 0.25;
        source.chunkSeconds = 2;
        QCOMPARE(openModel(source).segmentModel.overlap, 0.25);
        QCOMPARE(openModel(source).segmentModel.segmentFrames, 16000);
    }
    void takesTheBatchOfTheConfigurationOrTheSource() {
        const fs::path path = root() / "batch.safetensors";
        RunConfig config = test::tinyConfig();
        test::writeTinyWeights(path, config);
        ModelSource source = weightsAt(path);
        QCOMPARE(openModel(source).segmentModel.batchSize, 1); // automatic, on the CPU
        config.separation.batchSize = 3;
        test::writeTinyWeights(path, config);
        QCOMPARE(openModel(source).segmentModel.batchSize, 3);
        source.batchSize = 5;
        QCOMPARE(openModel(source).segmentModel.batchSize, 5);
    }
    /// The mean of the three passes, each undone.
    void averagesPassesOfTestTimeAugmentation() {
        const fs::path path = root() / "weights.safetensors";
        test::writeTinyWeights(path);
        const AudioBuffer audio = test::noise(2, 2000, 3);
        AudioBuffer negative = audio;
        for (float& sample : negative.samples())
            sample = -sample;
        AudioBuffer swapped(2, audio.frames());
        for (int c = 0; c < 2; ++c)
            std::ranges::copy(audio.channel(c), swapped.channel(1 - c).begin());
        ModelSource source = weightsAt(path);
        const auto passes = openModel(source).segmentModel.separate(std::vector{audio, negative, swapped});
        source.testTimeAugmentation = true;
        const AudioBuffer mean = openModel(source).segmentModel.separate(std::vector{audio}).front().front();
        bool differs = false;
        for (int c = 0; c < 2; ++c) {
            for (std::int64_t i = 0; i < audio.frames(); ++i) {
                const double plain = passes[0][0].channel(c)[i];
                const double expected =
                    (plain - passes[1][0].channel(c)[i] + passes[2][0].channel(1 - c)[i]) / 3;
                QVERIFY(std::abs(mean.channel(c)[i] - expected) < 1e-6);
                differs = differs || std::abs(plain - expected) > 1e-4;
            }
        }
        QVERIFY(differs);
    }
    /// The output of the real model depends on context, so separation in segments differs from a single pass.
    /// The difference must be much smaller with overlap than without.
    void overlapReducesSeams() {
        const fs::path path = root() / "weights.safetensors";
        test::writeTinyWeights(path);
        const AudioBuffer audio = test::noise(2, 20000, 3);
        const auto pass = [&](double chunkSeconds, double overlap) {
            ModelSource source = weightsAt(path);
            source.chunkSeconds = chunkSeconds;
            source.overlap = overlap;
            const OpenModel open = openModel(source);
            return separateSong(open.segmentModel, audio)->front();
        };
        const AudioBuffer whole = pass(10, 0);
        const auto distance = [&](const AudioBuffer& other) {
            double sum = 0;
            for (std::size_t i = 0; i < whole.samples().size(); ++i)
                sum += std::pow(double{whole.samples()[i]} - other.samples()[i], 2);
            return sum;
        };
        QVERIFY(distance(whole) == 0);
        QVERIFY(distance(pass(0.5, 0.5)) < 1e-3 * distance(pass(0.5, 0)));
    }
    void stopInterruptsPassBetweenLayers() {
        const fs::path path = root() / "weights.safetensors";
        test::writeTinyWeights(path);
        std::stop_source stop;
        const OpenModel open = openModel(weightsAt(path), stop.get_token());
        const AudioBuffer audio = test::noise(2, 2000, 3);
        const std::vector<AudioBuffer> batch = {audio, audio};
        QCOMPARE(open.segmentModel.separate(batch).size(), 2);
        stop.request_stop();
        QVERIFY_THROWS_EXCEPTION(SeparationStopped, open.segmentModel.separate(batch));
        QVERIFY(!separateSong(open.segmentModel, audio));
    }
    void prefersBestThenNewestCheckpoint() {
        const fs::path run = root() / "run";
        checkpoint(run, "step-00000002");
        checkpoint(run, "step-00000010");
        QVERIFY(mentions(openModel(runAt(run)).file.string(), "step-00000010"));
        QCOMPARE(openModel(runAt(run)).name, std::string("the checkpoint of step 10, the newest"));
        fs::create_directory_symlink("step-00000002", run / "checkpoints" / "best");
        QVERIFY(mentions(openModel(runAt(run)).file.string(), "step-00000002"));
        QCOMPARE(openModel(runAt(run)).name,
                 std::string("the checkpoint of step 2, with the best validation"));
        fs::remove(run / "checkpoints" / "best");
        std::ofstream(run / "checkpoints" / "best.txt") << "step-00000002\n";
        QVERIFY(mentions(openModel(runAt(run)).file.string(), "step-00000002"));
    }
    /// The best checkpoint is not damaged, so another one must not replace it.
    void doesNotFallBackOnReadError() {
        const fs::path run = root() / "unreadable";
        checkpoint(run, "step-00000002");
        const fs::path file = checkpoint(run, "step-00000010") / "weights.safetensors";
        fs::permissions(root(), fs::perms::all);
        fs::permissions(file, fs::perms::none);
        const test::Unprivileged user;
        QVERIFY(mentions(messageOf([&] { openModel(runAt(run)); }), "Permission denied"));
    }
    void skipsDamagedCheckpointWithNotice() {
        const fs::path run = root() / "damaged-run";
        checkpoint(run, "step-00000002");
        const fs::path newest = checkpoint(run, "step-00000010");
        fs::resize_file(newest / "weights.safetensors", 5000);
        const OpenModel open = openModel(runAt(run));
        QVERIFY(mentions(open.file.string(), "step-00000002"));
        QCOMPARE(open.notices.size(), 1);
        QVERIFY(mentions(open.notices[0], "step-00000010") && mentions(open.name, "step 2"));
    }
    void reportsUnusableSources() {
        const fs::path good = root() / "weights.safetensors";
        test::writeTinyWeights(good);
        const auto message = [](const ModelSource& source) { return messageOf([&] { openModel(source); }); };
        QVERIFY(mentions(message(weightsAt(root() / "missing.safetensors")), "missing.safetensors"));
        QVERIFY(mentions(message({}), "--weights"));
        QVERIFY(mentions(message(runAt(root() / "nowhere")), "no such run"));
        fs::create_directory(root() / "young-run");
        QVERIFY(mentions(message(runAt(root() / "young-run")), "no checkpoint"));
        std::ofstream(root() / "young-run" / "journal.jsonl") << toJsonLine(CheckpointSaved{7}, {}) << '\n';
        QVERIFY(mentions(message(runAt(root() / "young-run")), "has one at step 7"));

        const fs::path text = root() / "text.safetensors";
        std::ofstream(text) << "these are no weights";
        QVERIFY(mentions(message(weightsAt(text)), "text.safetensors"));

        ModelSource both = weightsAt(good);
        both.run = root().string();
        QVERIFY(mentions(message(both), "either"));
    }
    void reportsDifferentShape() {
        RunConfig other = test::tinyConfig();
        other.model.hiddenDim = 32;
        const BandSplitModel model(modelShape(other), at::kCPU, at::kFloat, 1);
        const fs::path path = root() / "other.safetensors";
        writeSafetensors(path.string(), test::tensorsOf(model), {{"config", dumpConfig(test::tinyConfig())}});
        const std::string message = messageOf([&] { openModel(weightsAt(path)); });
        QVERIFY2(mentions(message, "other.safetensors") && mentions(message, "width 32") &&
                     mentions(message, "width 16"),
                 message.c_str());
    }
    void reportsDifferentTensors() {
        const BandSplitModel model(modelShape(test::tinyConfig()), at::kCPU, at::kFloat, 1);
        const fs::path path = root() / "differs.safetensors";
        const auto message = [&](const TensorMap& tensors, std::map<std::string, std::string> metadata = {}) {
            metadata["config"] = dumpConfig(test::tinyConfig());
            writeSafetensors(path.string(), tensors, metadata);
            return messageOf([&] { openModel(weightsAt(path)); });
        };
        TensorMap tensors = test::tensorsOf(model);
        tensors["layers.0.0.linear.bias"] = at::zeros({17});
        QVERIFY(mentions(message(tensors), "wrong shape: layers.0.0.linear.bias: [17] given, [16] needed"));
        tensors = test::tensorsOf(model);
        tensors.erase("final_norm.gamma");
        QVERIFY(mentions(message(tensors), "missing: final_norm.gamma"));
        QVERIFY(mentions(message(tensors, {{partialWeightsKey, "true"}}), "training.init_from"));
        tensors = test::tensorsOf(model);
        tensors["featurizer.window"] = at::zeros({4}); // a buffer of training code, not a parameter
        QCOMPARE(message(tensors), std::string());
        tensors["refiner.weight"] = at::zeros({4});
        QVERIFY(mentions(message(tensors), "unexpected: refiner.weight"));
        tensors = test::tensorsOf(model);
        tensors["layers.0.0.linear.bias"] = at::full({16}, NAN);
        QVERIFY(mentions(message(tensors), "NaN or infinity, first in layers.0.0.linear.bias"));
    }
    /// A downloaded file determines stem names, which become file names, and sizes, which take memory.
    void checksConfigurationInFile() {
        const BandSplitModel model(modelShape(test::tinyConfig()), at::kCPU, at::kFloat, 1);
        const fs::path path = root() / "evil.safetensors";
        const auto message = [&](const RunConfig& config) {
            writeSafetensors(path.string(), test::tensorsOf(model), {{"config", dumpConfig(config)}});
            return messageOf([&] { openModel(weightsAt(path)); });
        };
        for (const char* name : {"../../../evil", "/tmp/evil", "rest", "mixture", ".hidden", "a\x1b[2J"}) {
            RunConfig config = test::tinyConfig();
            config.data.targets = {name};
            const std::string error = message(config);
            QVERIFY2(mentions(error, "data.targets") && mentions(error, "evil.safetensors"), error.c_str());
        }
        RunConfig config = test::tinyConfig();
        for (int i = 0; i < 2000; ++i)
            config.data.targets.push_back("stem" + std::to_string(i));
        QVERIFY(mentions(message(config), "the file has 1 layer, 1 stem"));
        config = test::tinyConfig();
        config.model.hiddenDim = 1024;
        config.model.numLayers = 24;
        config.model.expand = 8;
        QVERIFY(mentions(message(config), "width 1024"));
        writeSafetensors(path.string(), test::tensorsOf(model), {{"config", ","}});
        QVERIFY(!messageOf([&] { openModel(weightsAt(path)); }).empty());
    }
    void needsNoConfiguration() {
        const RunConfig config = test::tinyConfig();
        const BandSplitModel model(modelShape(config), at::kCPU, at::kFloat, 1);
        const fs::path path = root() / "plain.safetensors";
        writeSafetensors(path.string(), test::tensorsOf(model));
        const OpenModel open = openModel(weightsAt(path));
        QCOMPARE(open.segmentModel.sampleRate, 44100); // which the tensors do not tell
        QVERIFY2(
            mentions(open.notices.at(0),
                     "Not in the file: audio.hop_length 16, data.targets [vocals], audio.sample_rate 44100"),
            open.notices.at(0).c_str());
        ModelSource source = weightsAt(path);
        source.config = (root() / "config.yaml").string();
        std::ofstream(source.config) << dumpConfig(config);
        QCOMPARE(openModel(source).segmentModel.sampleRate, 8000);
        QVERIFY(openModel(source).notices.empty());
    }
    void opensCheckpointsOfOtherPrograms() {
        const RunConfig config = test::tinyConfig();
        const BandSplitModel model(modelShape(config), at::kCPU, at::kFloat, 7);
        TensorMap wrapped;
        for (const auto& [name, tensor] : test::tensorsOf(model))
            wrapped["model._orig_mod." + name] = tensor.to(at::kHalf);
        const fs::path path = root() / "model.ckpt";
        writeTorchArchive(path.string(), wrapped, TorchLayout::StateDict);
        const OpenModel open = openModel(weightsAt(path));
        for (const auto& entry : model.parameters().entries())
            QVERIFY(at::equal(open.loaded->model->parameters().at(entry.name),
                              entry.value.to(at::kHalf).to(at::kFloat)));
    }
    /// Programs count the linear layers of a mask estimator in two ways.
    void countsMaskLayersInTheFile() {
        RunConfig config = test::tinyConfig();
        changeModelKind(config, ModelKind::BsRoformer);
        config.model.heads = 2;
        config.model.dimHead = 8;
        config.model.maskLayers = 3;
        const BandSplitModel model(modelShape(config), at::kCPU, at::kFloat, 7);
        const fs::path path = root() / "masks.safetensors";
        config.model.maskLayers = 2;
        writeSafetensors(path.string(), test::tensorsOf(model), {{"config", dumpConfig(config)}});
        const OpenModel open = openModel(weightsAt(path));
        QCOMPARE(open.loaded->config.model.maskLayers, 3);
        QVERIFY(mentions(open.notices.at(0), "have 3 linear layers, not 2 as configured"));
    }
};

HEADROOM_TEST_MAIN(TestOpenModel)
#include "tst_open_model.moc"
