// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/support/error.h"
#include "core/train/checkpoint.h"
#include "core/train/run_state_json.h"
#include "tests/core/train/tiny_run.h"
#include "tests/support/strict_main.h"

#include <ATen/ATen.h>
#include <QTemporaryDir>

#include <filesystem>
#include <fstream>

using namespace headroom;
namespace fs = std::filesystem;

namespace {

bool equal(const TensorMap& a, const TensorMap& b) {
    return a.size() == b.size() &&
           std::equal(a.begin(), a.end(), b.begin(), [](const auto& x, const auto& y) {
               return x.first == y.first && x.second.scalar_type() == y.second.scalar_type() &&
                      at::equal(x.second, y.second);
           });
}

ResumeState someState() {
    ResumeState state;
    state.progress = {.step = 1234567890123,
                      .update = 77,
                      .epoch = 9,
                      .epochStep = 3,
                      .nextExample = 4444444444444,
                      .groupSize = 6,
                      .groupStep = 1,
                      .skippedUpdates = 2,
                      .validationDue = true};
    state.learningRate = {.factor = 0.1 + 0.2, .bestScore = -1.0 / 3, .validationsWaited = 4};
    state.best = BestValidation{.step = 55, .score = 1e-300};
    return state;
}

/// A step in the middle of an accumulation group.
void train(TrainStep& step) {
    const at::Tensor mixture = at::randn({2, 1, 800});
    const at::Tensor targets = at::randn({2, 1, 1, 800});
    step.forwardBackward(mixture, targets, 1);
    step.update(1e-3);
    step.forwardBackward(mixture, targets, 0.5);
}

} // namespace

class TestCheckpoint : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() {
        temporary_.emplace();
        folder_ = temporary_->path().toStdString();
    }

    void restoresStateFromJsonBitForBit() {
        const ResumeState state = someState();
        const ResumeState read = runStateFromJson(runStateToJson(state));
        QVERIFY(read.progress == state.progress);
        QVERIFY(read.learningRate == state.learningRate);
        QVERIFY(read.best == state.best);
        QVERIFY(!runStateFromJson(runStateToJson({})).best);
        for (const char* text : {"", "{}", "[1]", R"({"progress": {"step": "x"}})"})
            QVERIFY_THROWS_EXCEPTION(Error, runStateFromJson(text));
        // The JSON library would convert these to counts.
        const std::string good = runStateToJson(state);
        const std::size_t place = good.find("\"step\":") + 7;
        const std::size_t end = good.find(',', place);
        for (const char* number : {"1.5", "-1", "1e300", "18446744073709551615", "true", "\"7\"", "null"}) {
            const std::string bad = good.substr(0, place) + number + good.substr(end);
            QVERIFY_THROWS_EXCEPTION(Error, runStateFromJson(bad));
        }
        runStateFromJson(good.substr(0, place) + "7" + good.substr(end));
    }

    void readsWhatWasWritten() {
        const RunConfig config = run_.config();
        TrainStep step(config, at::kCPU);
        train(step);
        const Checkpoint written{config, someState(), step.state(), {}};
        QVERIFY(!written.tensors.group.empty());
        writeCheckpoint(folder_, written);

        const Checkpoint read = readCheckpoint(folder_);
        QVERIFY(read.config == config);
        QVERIFY(read.state.progress == written.state.progress);
        QVERIFY(equal(read.tensors.weights, written.tensors.weights));
        QVERIFY(equal(read.tensors.ema, written.tensors.ema));
        QVERIFY(equal(read.tensors.optimizer, written.tensors.optimizer));
        QVERIFY(equal(read.tensors.group, written.tensors.group));

        const auto bytes = fs::file_size(folder_ / weightsFileName) + fs::file_size(folder_ / stateFileName);
        QVERIFY(bytes <= checkpointBytes(step.state()));
    }

    void weightsFileHasEmaIfEnabled() {
        for (const double decay : {0.9, 0.0}) {
            RunConfig config = run_.config();
            config.training.emaDecay = decay;
            TrainStep step(config, at::kCPU);
            train(step);
            writeCheckpoint(folder_, {config, {}, step.state(), {{"vocals", {1.5, {}, {}}}}});
            const Safetensors published = readSafetensors((folder_ / weightsFileName).string());
            const TrainStep::State state = step.state();
            QVERIFY(equal(published.tensors, decay > 0 ? state.ema : state.weights));
            QVERIFY(decay == 0 || !equal(published.tensors, state.weights));
            QVERIFY(published.metadata.at("metrics").find("\"cSDR\":1.5") != std::string::npos);
            QVERIFY(published.metadata.contains("config"));
        }
    }

    void weightsFileHasEpochOfLastStep() {
        const RunConfig config = run_.config();
        const TrainStep step(config, at::kCPU);
        const auto published = [&](int epoch, int epochStep) {
            ResumeState state;
            state.progress.epoch = epoch;
            state.progress.epochStep = epochStep;
            writeCheckpoint(folder_, {config, state, step.state(), {}});
            return readSafetensorsMetadata((folder_ / weightsFileName).string()).at("epoch");
        };
        QCOMPARE(published(9, 3), std::string("9"));
        QCOMPARE(published(9, 0), std::string("8")); // between epochs 8 and 9
        QCOMPARE(published(1, 0), std::string("1"));
    }

    void detectsFlippedBytes() {
        const RunConfig config = run_.config();
        const TrainStep step(config, at::kCPU);
        for (const char* name : {weightsFileName, stateFileName}) {
            for (const double place : {0.0, 0.001, 0.002, 0.01, 0.5, 0.999999}) {
                writeCheckpoint(folder_, {config, {}, step.state(), {}});
                readCheckpoint(folder_);
                const auto size = static_cast<double>(fs::file_size(folder_ / name));
                std::fstream file(folder_ / name, std::ios::in | std::ios::out | std::ios::binary);
                const auto offset = static_cast<std::streamoff>(place * size);
                file.seekg(offset);
                const char byte = static_cast<char>(file.get());
                file.seekp(offset);
                file.put(static_cast<char>(byte ^ 0x10));
                file.close();
                QVERIFY_THROWS_EXCEPTION(Error, readCheckpoint(folder_));
            }
        }
    }

    /// Users add a license to published weights; the run can still be resumed.
    void acceptsLicenseOnlyInWeightsFile() {
        const RunConfig config = run_.config();
        const TrainStep step(config, at::kCPU);
        const auto rewritten = [&](const char* name, const char* key, const char* value, Checksum checksum) {
            writeCheckpoint(folder_, {config, {}, step.state(), {}});
            Safetensors file = readSafetensors((folder_ / name).string());
            file.metadata[key] = value;
            writeSafetensors((folder_ / name).string(), file.tensors, file.metadata, checksum);
        };
        rewritten(weightsFileName, "license", "CC-BY-4.0", Checksum::Tensors);
        readCheckpoint(folder_);
        rewritten(weightsFileName, "step", "7", Checksum::Tensors);
        QVERIFY_THROWS_EXCEPTION(Error, readCheckpoint(folder_));
        rewritten(weightsFileName, "config", "{}", Checksum::Tensors);
        QVERIFY_THROWS_EXCEPTION(Error, readCheckpoint(folder_));
        rewritten(stateFileName, "license", "CC-BY-4.0", Checksum::Tensors);
        QVERIFY_THROWS_EXCEPTION(Error, readCheckpoint(folder_));
        // Files of older versions have a checksum of everything.
        rewritten(weightsFileName, "license", "CC-BY-4.0", Checksum::Everything);
        readCheckpoint(folder_);
    }

    void detectsMissingAndTruncatedFiles() {
        const RunConfig config = run_.config();
        const TrainStep step(config, at::kCPU);
        for (const char* name : {weightsFileName, stateFileName}) {
            writeCheckpoint(folder_, {config, {}, step.state(), {}});
            fs::resize_file(folder_ / name, fs::file_size(folder_ / name) - 1);
            QVERIFY_THROWS_EXCEPTION(Error, readCheckpoint(folder_));
            fs::remove(folder_ / name);
            QVERIFY_THROWS_EXCEPTION(Error, readCheckpoint(folder_));
        }
    }

private:
    test::TinyRun run_;
    std::optional<QTemporaryDir> temporary_;
    fs::path folder_;
};

HEADROOM_TEST_MAIN(TestCheckpoint)
#include "tst_checkpoint.moc"
