// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/audio/audio_file.h"
#include "core/engine/overfit.h"
#include "core/engine/services.h"
#include "core/support/error.h"
#include "tests/core/engine/tiny_weights.h"
#include "tests/support/answers.h"
#include "tests/support/bad_files.h"
#include "tests/support/strict_main.h"
#include "tests/support/test_signals.h"

#include <ATen/Parallel.h>
#include <QTemporaryDir>

#include <algorithm>
#include <filesystem>
#include <string>
#include <vector>

using namespace headroom;
namespace fs = std::filesystem;

namespace {

using Findings = std::vector<std::string>;

bool contains(const Findings& findings, const std::string& part) {
    return std::ranges::any_of(findings,
                               [&](const std::string& each) { return each.find(part) != std::string::npos; });
}

} // namespace

class TestOverfit : public QObject {
    Q_OBJECT
private:
    QTemporaryDir folder_;

    fs::path root() const { return folder_.path().toStdString(); }

    void add(const std::string& song, const std::string& stem, const AudioBuffer& audio) const {
        fs::create_directories(root() / "train" / song);
        writeAudio(root() / "train" / song / (stem + ".wav"), audio, {.sampleRate = 8000});
    }

    OverfitRequest request() const {
        OverfitRequest wanted;
        wanted.config = test::tinyConfig();
        wanted.config.audio.channels = 1;
        wanted.config.loss.stftWindows = {128, 64};
        wanted.config.loss.stftHop = 32;
        wanted.config.training.learningRate = 1e-2;
        wanted.config.data.root = root().string();
        wanted.config.data.validation = std::vector<std::string>{"other"};
        wanted.device = "cpu";
        wanted.song = "tones";
        wanted.steps = 400;
        return wanted;
    }

private Q_SLOTS:
    void initTestCase() {
        at::set_num_threads(1);
        for (const char* song : {"tones", "other"}) {
            add(song, "vocals", test::sine(1, 16000, 500, 8000));
            add(song, "drums", test::sine(1, 16000, 2600, 8000));
        }
        add("silent", "vocals", AudioBuffer(1, 16000));
        add("silent", "drums", test::sine(1, 16000, 2600, 8000));
    }

    void learnsASegmentByHeart() {
        int calls = 0;
        const OverfitResult result = overfit(request(), {}, [&](const OverfitProgress&) { ++calls; });
        QVERIFY2(result.learned, std::to_string(result.sdr.at(0)).c_str());
        QVERIFY(result.findings.empty());
        QVERIFY(result.sdr[0] >= overfitGoal);
        QCOMPARE(result.progress.size(), static_cast<std::size_t>(calls));
        QVERIFY(result.progress.back().step < 400); // it ends when it has learned
    }
    void saysThatTheLearningRateIsTooLow() {
        OverfitRequest wanted = request();
        wanted.config.training.learningRate = 1e-7;
        wanted.steps = 20;
        const OverfitResult result = overfit(wanted, {}, [](const OverfitProgress&) {});
        QVERIFY(!result.learned);
        QVERIFY(contains(result.findings, "training.learning_rate 1e-07 is too low"));
    }
    void saysThatTheTargetIsSilent() {
        OverfitRequest wanted = request();
        wanted.song = "silent";
        const OverfitResult result = overfit(wanted, {}, [](const OverfitProgress&) {});
        QVERIFY(!result.learned);
        QCOMPARE(result.findings,
                 Findings{"The target 'vocals' is silent in the whole song. Is it the right file?"});
        QVERIFY(result.progress.empty());
    }
    void stopsOnRequest() {
        std::stop_source stop;
        OverfitRequest wanted = request();
        wanted.config.training.learningRate = 1e-7;
        const OverfitResult result =
            overfit(wanted, stop.get_token(), [&](const OverfitProgress&) { stop.request_stop(); });
        QVERIFY(result.stopped && !result.learned && result.findings.empty());
        QCOMPARE(result.progress.back().step, 11);
    }
    void refusesUnknownSongs() {
        OverfitRequest wanted = request();
        wanted.song = "nobody";
        QVERIFY_THROWS_EXCEPTION(Error, overfit(wanted, {}, [](const OverfitProgress&) {}));
    }
    /// As the window does.
    void runsInTheBackground() {
        test::Answers<OverfitEvent> events;
        const auto service = makeOverfitService();
        OverfitRequest wanted = request();
        wanted.config.training.learningRate = 1e-7;
        wanted.steps = 1000000;
        service->start(5, wanted, events.sink());
        events.awaitUntil(
            [](const OverfitEvent& event) { return std::holds_alternative<OverfitAdvanced>(event); });
        service->cancel(5);
        const auto all = events.awaitUntil(
            [](const OverfitEvent& event) { return !std::holds_alternative<OverfitAdvanced>(event); });
        QVERIFY(!all.empty() && std::holds_alternative<OverfitEnded>(all.back()));
        const auto& [number, result] = std::get<OverfitEnded>(all.back());
        QCOMPARE(number, std::uint64_t(5));
        QVERIFY(result.stopped && !result.progress.empty());
    }
    void saysInTheBackgroundWhatFails() {
        test::Answers<OverfitEvent> events;
        const auto service = makeOverfitService();
        OverfitRequest wanted = request();
        wanted.song = "nobody";
        service->start(6, wanted, events.sink());
        const auto event = events.awaitOne();
        QVERIFY(event && std::holds_alternative<OverfitFailed>(*event));
        QVERIFY(std::get<OverfitFailed>(*event).error.message().find("nobody") != std::string::npos);
    }
    void findsWrongFiles() {
        const std::vector<float> a = {1, -1, 1, -1};
        const std::vector<float> b = {1, 1, -1, -1};
        const std::vector<float> sum = {2, 0, 0, -2};
        const std::vector<std::string> stems = {"vocals", "drums"};
        QVERIFY(audioFindings({"vocals"}, stems, {a, b}, sum).empty());
        QVERIFY(contains(audioFindings({"vocals"}, stems, {a, a}, sum), "'vocals' and 'drums' are the same"));
        QVERIFY(contains(audioFindings({"vocals"}, stems, {sum, b}, sum), "is the mixture"));
        QVERIFY(
            contains(audioFindings({"vocals"}, stems, {a, b}, b), "does not contain the target 'vocals'"));
        QVERIFY(contains(audioFindings({"vocals"}, stems, {a, b}, {-1, 1, -1, 1}), "wrong polarity"));
    }
    void readsTheLosses() {
        const auto finding = [](double (*loss)(int)) {
            std::vector<double> losses;
            for (int i = 0; i < 100; ++i)
                losses.push_back(loss(i));
            return learningRateFinding(losses, 1e-3, 100);
        };
        const auto has = [](const std::string& text, const char* part) {
            return text.find(part) != std::string::npos;
        };
        QVERIFY(has(finding([](int i) { return 1.0 + i; }), "0.001 is too high. Try 0.0001."));
        QVERIFY(has(finding([](int) { return std::nan(""); }), "too high"));
        QVERIFY(has(finding([](int i) { return 100.0 - i; }), "may be too low"));
        QVERIFY(has(finding([](int i) { return 1.0 - i * 1e-5; }), "hardly changes"));
        QVERIFY(has(finding([](int i) { return i < 30 ? 10.0 - i * 0.3 : 1.0; }), "fell and then stayed"));
        QVERIFY(has(finding([](int i) { return i < 30 ? 10.0 - i * 0.3 : 1.0; }), "Try 0.00033."));
        // Higher than before the first step, though lower than in the first steps.
        QVERIFY(has(finding([](int i) { return i == 0 ? 5.0 : 50.0 - i * 0.1; }), "The loss rises"));
        QVERIFY(has(learningRateFinding({}, 1, 100), "No step"));
        // After too few steps, nothing is said about the learning rate, unless the loss rises.
        const std::string few = learningRateFinding({0.6, 0.5, 0.45, 0.44}, 1e-3, 100);
        QVERIFY2(has(few, "Only 4 of 100 steps") && has(few, "from 0.6 to 0.44") && has(few, "--minutes"),
                 few.c_str());
        QVERIFY(has(learningRateFinding({0.6, 0.7, 0.8, 0.9}, 1e-3, 100), "too high"));
    }
};

HEADROOM_TEST_MAIN(TestOverfit)
#include "tst_overfit.moc"
