// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/audio/audio_file.h"
#include "core/weights/torch_archive_writer.h"
#include "tests/core/train/same_checkpoint.h"
#include "tests/core/train/trainer_fixture.h"
#include "tests/support/read_audio.h"
#include "tests/support/strict_main.h"

#include <ATen/Parallel.h>
#include <ATen/ops/full_like.h>
#include <ATen/ops/zeros.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <limits>

using namespace headroom;
using namespace headroom::test;
namespace fs = std::filesystem;

/// The data set and the initial weights of a run.
class TestTrainerInputs : public QObject, private TrainerFixture {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { at::set_num_threads(1); }
    void init() { reset(); }

    void initializesFromWeights() {
        train(config_, folder_, 3);
        const fs::path other = folder_.parent_path() / "other";
        config_.training.initFrom = (folder_ / "checkpoints/step-00000003" / weightsFileName).string();
        config_.training.learningRate = 1e-8;
        train(config_, other, 1);
        const auto given = readSafetensors(config_.training.initFrom).tensors;
        const std::string found = difference(newestCheckpoint(other).tensors.weights, given, "weights");
        QVERIFY2(found.empty(), found.c_str());
    }

    /// As other programs store them, and with the same checks.
    void initializesFromWeightsOfOtherPrograms_data() {
        QTest::addColumn<QString>("file");
        QTest::addColumn<bool>("lightning");
        QTest::newRow("state dict") << "weights.pt" << false;
        QTest::newRow("another ending") << "weights.th" << false;
        QTest::newRow("Lightning") << "weights.ckpt" << true;
    }
    void initializesFromWeightsOfOtherPrograms() {
        QFETCH(const QString, file);
        QFETCH(const bool, lightning);
        train(config_, folder_, 3);
        const TensorMap given =
            readSafetensors((folder_ / "checkpoints/step-00000003" / weightsFileName).string()).tensors;
        const auto layout = lightning ? TorchLayout::Lightning : TorchLayout::StateDict;
        config_.training.initFrom = (folder_.parent_path() / file.toStdString()).string();
        config_.training.learningRate = 1e-8;
        writeTorchArchive(config_.training.initFrom, given, layout);
        const fs::path other = folder_.parent_path() / "other";
        train(config_, other, 1);
        const std::string found = difference(newestCheckpoint(other).tensors.weights, given, "weights");
        QVERIFY2(found.empty(), found.c_str());

        int attempt = 0;
        const auto error = [&] {
            const fs::path run = folder_.parent_path() / std::to_string(++attempt);
            const std::string message = errorOf([&] { train(config_, run, 1); });
            return fs::exists(run) ? "the folder was created" : message; // it would refuse the next attempt
        };
        const auto errorFor = [&](const TensorMap& tensors) {
            writeTorchArchive(config_.training.initFrom, tensors, layout);
            return error();
        };
        const std::string name = given.begin()->first;
        TensorMap shorter = given;
        shorter.erase(name);
        QVERIFY(contains(errorFor(shorter), "missing: " + name));
        TensorMap broken = given;
        broken[name] = at::full_like(given.at(name), NAN);
        QVERIFY(contains(errorFor(broken), "NaN or infinity, first in " + name));
        std::ofstream(config_.training.initFrom) << "no weights";
        const std::string message = error();
        QVERIFY2(contains(message, file.toStdString()), message.c_str());
    }

    /// A checksum that does not match means damage.
    void rejectsChangedWeights() {
        train(config_, folder_, 1);
        const fs::path file = folder_ / "checkpoints/step-00000001" / weightsFileName;
        std::fstream stream(file, std::ios::in | std::ios::out | std::ios::binary);
        stream.seekg(-3, std::ios::end);
        const int byte = stream.get();
        stream.seekp(-3, std::ios::end);
        stream.put(static_cast<char>(byte ^ 1));
        stream.close();
        config_.training.initFrom = file.string();
        const std::string message = errorOf([&] { train(config_, folder_.parent_path() / "other", 1); });
        QVERIFY2(contains(message, "checksum"), message.c_str());
    }

    void leavesSongsThatAreNotFiniteOutOfTheValidation() {
        const TinyRun own;
        config_.data.root = own.root();
        const fs::path file = fs::path(own.root()) / "train/judge/vocals.wav";
        AudioBuffer audio = readAudio(file);
        audio.channel(0)[4000] = std::numeric_limits<float>::quiet_NaN();
        writeAudio(file, audio, {.sampleRate = 8000});
        const RunOutcome outcome = train(config_, folder_, 10); // two epochs
        const auto validations = outcome.all<ValidationDone>();
        QCOMPARE(validations.size(), std::size_t(2));
        QVERIFY(validations[1].songs == 0 && !validations[1].best);
        const std::string expected =
            "left out of the validation: judge: " + file.string() + ": the sample at 0.500 s is not a number";
        const auto count = std::ranges::count_if(
            outcome.all<Notice>(), [&](const Notice& notice) { return notice.text.starts_with(expected); });
        QCOMPARE(static_cast<int>(count), 1);
    }

    /// Only files of `import --partial` may lack tensors.
    void rejectsIncompleteWeights() {
        train(config_, folder_, 1);
        const fs::path file = folder_ / "checkpoints/step-00000001" / weightsFileName;
        const TensorMap whole = readSafetensors(file.string()).tensors;
        config_.training.initFrom = (folder_.parent_path() / "changed.safetensors").string();
        int attempt = 0;
        const auto errorFor = [&](const TensorMap& tensors) {
            writeSafetensors(config_.training.initFrom, tensors);
            const fs::path run = folder_.parent_path() / std::to_string(++attempt);
            return errorOf([&] { train(config_, run, 1); });
        };
        const std::string name = whole.begin()->first;
        TensorMap shorter = whole;
        shorter.erase(name);
        QVERIFY2(contains(errorFor(shorter), "missing: " + name), name.c_str());
        TensorMap longer = whole;
        longer["refiner.weight"] = at::zeros({3});
        QVERIFY(contains(errorFor(longer), "unexpected: refiner.weight"));
        TensorMap deeper = whole;
        deeper["layers.9.0.linear.bias"] = at::zeros({3});
        QVERIFY(contains(errorFor(deeper), "the file has"));
        QVERIFY(contains(errorFor({{"stranger", at::zeros({3})}}), "stranger"));
        TensorMap broken = whole;
        broken[name] = at::full_like(whole.at(name), NAN);
        QVERIFY(contains(errorFor(broken), "NaN or infinity, first in " + name));
    }

    void reportsTensorsMissingInPartialWeights() {
        train(config_, folder_, 1);
        const fs::path file = folder_ / "checkpoints/step-00000001" / weightsFileName;
        TensorMap tensors = readSafetensors(file.string()).tensors;
        const std::string missing = tensors.begin()->first;
        tensors.erase(missing);
        tensors["stranger"] = at::zeros({3});
        config_.training.initFrom = (folder_.parent_path() / "partial.safetensors").string();
        writeSafetensors(config_.training.initFrom, tensors, {{partialWeightsKey, "true"}});
        const RunOutcome outcome = train(config_, folder_.parent_path() / "other", 1);
        QVERIFY(outcome.hasNotice(missing));
        QVERIFY(outcome.hasNotice("stranger"));
    }

    void invalidDataCreatesNoRunFolder() {
        const auto rejects = [&](const std::string& part) {
            const std::string message = errorOf([&] { train(config_, folder_, 1); });
            QVERIFY2(contains(message, part), message.c_str());
            QVERIFY(!fs::exists(folder_));
        };
        config_.data.root = "";
        rejects("--data");
        config_.data.root = (folder_.parent_path() / "nowhere").string();
        rejects("nowhere");
        config_.data.root = folder_.parent_path().string(); // empty
        rejects(config_.data.root);
        config_ = run_.config();
        config_.data.targets = {"piano"};
        rejects("piano");
        config_ = run_.config();
        config_.data.validation = std::vector<std::string>{"a", "b", "c", "judge"};
        rejects("training");
        config_ = run_.config();
        config_.data.validation = std::vector<std::string>{"unheard of"};
        rejects("unheard of");
    }

    void rejectsValidationSplitOfOneSong() {
        TinyDataset single;
        single.add("train/only",
                   {.stems = {"vocals"}, .frames = 8000, .spec = {.sampleRate = 8000, .channels = 1}});
        config_.data.root = single.root().string();
        config_.data.validation = 0.5;
        QVERIFY(!errorOf([&] { train(config_, folder_, 1); }).empty());
        QVERIFY(!fs::exists(folder_));
    }
};

HEADROOM_TEST_MAIN(TestTrainerInputs)
#include "tst_trainer_inputs.moc"
