// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/audio/audio_file.h"
#include "core/data/song_library.h"
#include "core/engine/evaluation.h"
#include "core/engine/open_model.h"
#include "core/metrics/sdr.h"
#include "core/metrics/stem_score.h"
#include "core/separate/separate_song.h"
#include "core/support/error.h"
#include "core/values/metric.h"
#include "tests/core/engine/tiny_weights.h"
#include "tests/support/bad_files.h"
#include "tests/support/read_audio.h"
#include "tests/support/strict_main.h"
#include "tests/support/tiny_dataset.h"

#include <ATen/Parallel.h>
#include <QProcess>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <fstream>

using namespace headroom;
namespace fs = std::filesystem;

namespace {

const EvaluationObserver noObserver = {[](const std::string&) {}, [](const EvaluationState&) {},
                                       [](const SongEvaluation&) {}};

/// Makes a sample of the file at 0.5 s NaN.
void spoil(const fs::path& file) {
    AudioBuffer audio = test::readAudio(file);
    audio.channel(0)[4000] = std::numeric_limits<float>::quiet_NaN();
    writeAudio(file, audio, {.sampleRate = 8000});
}

bool near(const std::optional<double>& actual, const std::optional<double>& expected) {
    return actual.has_value() == expected.has_value() && (!actual || std::abs(*actual - *expected) < 1e-6);
}

bool near(const StemScore& actual, const StemScore& expected) {
    return std::ranges::all_of(allMetrics(), [&](const MetricInfo& metric) {
        return near(actual.*metric.score, expected.*metric.score);
    });
}

} // namespace

class TestEvaluation : public QObject {
    Q_OBJECT
private:
    test::TinyDataset dataset_;

    EvaluationRequest request() const {
        EvaluationRequest result;
        result.model.weights = (dataset_.root() / "weights.safetensors").string();
        result.model.device = "cpu";
        result.data = dataset_.root().string();
        return result;
    }

private Q_SLOTS:
    void initTestCase() {
        at::set_num_threads(1);
        const test::TinySong song{.frames = 24000, .spec = {.sampleRate = 8000}};
        for (const char* name : {"test/one", "test/two", "test/three", "train/four", "train/five"})
            dataset_.add(name, song);
        RunConfig config = test::tinyConfig();
        config.data.targets = {"vocals", "drums"};
        config.data.validation = std::vector<std::string>{"five"};
        test::writeTinyWeights(dataset_.root() / "weights.safetensors", config);
    }

    void scoresMatchSeparatedStems() {
        EvaluationRequest wanted = request();
        wanted.metrics = {Metric::LogWmse, Metric::Bleedless};
        const Evaluation evaluation = evaluate(wanted, {}, noObserver);
        const std::vector<Metric> metrics = {Metric::CSdr, Metric::USdr, Metric::SiSdr, Metric::LogWmse,
                                             Metric::Bleedless};
        QCOMPARE(evaluation.metrics, metrics);
        QCOMPARE(evaluation.songs.size(), 3);
        const OpenModel open = openModel(request().model);
        const AudioFormat format{8000, 2};
        const SongLibrary library = openLibrary(test::dataConfig(dataset_.root()), format);
        std::vector<StemScore> drums;
        for (std::size_t i = 0; i < library.test.size(); ++i) {
            const AudioBuffer mixture = readStem(library.test[i], mixtureName, format);
            const AudioBuffer truth = readStem(library.test[i], "drums", format);
            const auto estimates = separateSong(open.segmentModel, mixture);
            drums.push_back(scoreStem(truth, estimates->at(1), mixture, 8000, metrics));
            const StemEvaluation& stem = evaluation.songs[i].stems[1];
            QCOMPARE(stem.stem, "drums");
            QVERIFY(near(stem.estimate, drums.back()));
            QVERIFY(near(stem.mixture, scoreStem(truth, mixture, mixture, 8000, metrics)));
            // The stems have equal energy, and the three other stems are the distortion.
            QVERIFY(std::abs(*stem.mixture.uSdr + 10 * std::log10(3)) < 0.1);
            QCOMPARE(*stem.silence.cSdr, 0.0);
        }
        QVERIFY(near(evaluation.stems[1].estimate, scoreOverSongs(drums)));
        QVERIFY(!evaluation.stems[1].full);
    }
    /// Its stems are written in mono, and that is what is heard. A stereo model has other scores for the two
    /// channels of its estimates.
    void judgesMonoSongsInMono() {
        test::TinyDataset dataset;
        dataset.add("test/mono", {.frames = 24000, .spec = {.sampleRate = 8000, .channels = 1}});
        EvaluationRequest wanted = request();
        wanted.data = dataset.root().string();
        wanted.full = true;
        const Evaluation evaluation = evaluate(wanted, {}, noObserver);
        const OpenModel open = openModel(wanted.model);
        const Song song = openLibrary(test::dataConfig(dataset.root()), {8000, 2}).test.at(0);
        const auto estimates = separateSong(open.segmentModel, readStem(song, mixtureName, {8000, 2}));
        const AudioBuffer estimate = withChannels(estimates->at(1), 1, "test");
        const AudioBuffer truth = readStem(song, "drums", {8000, 1});
        const StemEvaluation& drums = evaluation.songs.at(0).stems.at(1);
        QVERIFY(near(drums.estimate.uSdr, uSdr(truth, estimate)));
        QVERIFY(near(drums.estimate.cSdr, cSdr(truth, estimate, 8000)));
        QVERIFY(drums.full->sdr);
        QVERIFY(!near(drums.estimate.uSdr, uSdr(readStem(song, "drums", {8000, 2}), estimates->at(1))));
    }
    void evaluatesEachSplit() {
        EvaluationRequest wanted = request();
        wanted.split = "validation";
        const Evaluation validation = evaluate(wanted, {}, noObserver);
        QCOMPARE(validation.songs.size(), 1);
        QCOMPARE(validation.songs[0].song, "five");
        wanted.split = "train";
        QCOMPARE(evaluate(wanted, {}, noObserver).songs.size(), 2);
    }
    void namesTheSplitsThatHaveSongs() {
        fs::rename(dataset_.root() / "test", dataset_.root() / "elsewhere");
        const std::string message = test::errorOf([&] { evaluate(request(), {}, noObserver); });
        fs::rename(dataset_.root() / "elsewhere", dataset_.root() / "test");
        const std::string expected =
            "the split 'test' has no songs. Choose another with --split: train has 2 songs.";
        QVERIFY2(message.find(expected) != std::string::npos, message.c_str());
        test::TinyDataset dataset;
        dataset.add("test/one", {.frames = 24000, .spec = {.sampleRate = 8000}});
        EvaluationRequest wanted = request();
        wanted.data = dataset.root().string();
        wanted.split = "validation";
        const std::string other = test::errorOf([&] { evaluate(wanted, {}, noObserver); });
        QVERIFY2(other.find("Choose another with --split: test has 1 song.") != std::string::npos,
                 other.c_str());
    }
    void saysWhichCheckpointItUses() {
        const fs::path checkpoint = dataset_.root() / "run/checkpoints/step-00000002";
        fs::create_directories(checkpoint);
        fs::copy_file(dataset_.root() / "weights.safetensors", checkpoint / "weights.safetensors");
        EvaluationRequest wanted = request();
        wanted.model.weights.clear();
        wanted.model.run = (dataset_.root() / "run").string();
        wanted.split = "validation";
        std::vector<std::string> notices;
        EvaluationObserver observer = noObserver;
        observer.onNotice = [&](const std::string& notice) { notices.push_back(notice); };
        evaluate(wanted, {}, observer);
        QCOMPARE(std::ranges::count(notices, "using the checkpoint of step 2, the newest"), 1);
    }
    void writesMusevalFiles() {
        EvaluationRequest wanted = request();
        wanted.full = true;
        wanted.musevalFolder = (dataset_.root() / "museval").string();
        const Evaluation evaluation = evaluate(wanted, {}, noObserver);
        QVERIFY(evaluation.stems[0].full->sir && evaluation.stems[0].full->sar);
        std::ifstream file(dataset_.root() / "museval/test/one.json");
        const auto json = nlohmann::json::parse(file);
        QCOMPARE(json["targets"].size(), 3);
        QVERIFY(json["targets"][0]["name"] == "vocals");
        QVERIFY(json["targets"][2]["name"] == "rest");
        QCOMPARE(json["targets"][1]["frames"].size(), 3);
        const auto& frame = json["targets"][1]["frames"][2];
        QVERIFY(frame["time"] == 2.0);
        QVERIFY(frame["duration"] == 1.0);
        for (const char* metric : {"SDR", "SIR", "SAR", "ISR"})
            QVERIFY(frame["metrics"][metric].is_number());

        std::ifstream table(dataset_.root() / "museval/test.csv");
        std::string line;
        std::getline(table, line);
        QCOMPARE(line, std::string("time,target,metric,score,track"));
        int rows = 0;
        bool found = false;
        const std::string expected =
            "2.0,drums,SDR," + nlohmann::json(frame["metrics"]["SDR"]).dump() + ",one";
        while (std::getline(table, line)) {
            ++rows;
            found = found || line == expected;
        }
        QCOMPARE(rows, 3 * 3 * 3 * 4); // songs, targets, windows, metrics
        QVERIFY2(found, expected.c_str());
    }
    void stopsOnRequest() {
        std::stop_source stop;
        EvaluationObserver observer = noObserver;
        observer.onSong = [&](const SongEvaluation&) { stop.request_stop(); };
        const Evaluation evaluation = evaluate(request(), stop.get_token(), observer);
        QVERIFY(evaluation.stopped);
        QCOMPARE(evaluation.songs.size(), 1);
    }
    void refusesUnusableData() {
        EvaluationRequest wanted = request();
        wanted.data = (dataset_.root() / "nowhere").string();
        QVERIFY_THROWS_EXCEPTION(Error, evaluate(wanted, {}, noObserver));
        test::TinyDataset without;
        without.add("test/a", {.stems = {"bass"}, .spec = {.sampleRate = 8000}});
        wanted.data = without.root().string();
        QVERIFY_THROWS_EXCEPTION(Error, evaluate(wanted, {}, noObserver));
        wanted.split = "train";
        QVERIFY_THROWS_EXCEPTION(Error, evaluate(wanted, {}, noObserver));
    }
    void reportsNonFiniteStem() {
        for (const char* bad : {"drums", "bass"}) {
            test::TinyDataset dataset;
            dataset.add("test/one", {.frames = 24000, .spec = {.sampleRate = 8000}});
            const auto file = dataset.file("test/one", bad);
            spoil(file);
            EvaluationRequest wanted = request();
            wanted.data = dataset.root().string();
            const std::string message = test::errorOf([&] { evaluate(wanted, {}, noObserver); });
            QVERIFY2(message.starts_with(file.string() + ": the sample at 0.500 s is not a number"),
                     message.c_str());
        }
    }
    void leavesOutSongsThatAreNotFinite() {
        test::TinyDataset dataset;
        for (const char* name : {"test/one", "test/two"})
            dataset.add(name, {.withMixture = true, .frames = 24000, .spec = {.sampleRate = 8000}});
        const fs::path bass = dataset.file("test/one", "bass");
        spoil(bass);
        EvaluationRequest wanted = request();
        wanted.data = dataset.root().string();
        QCOMPARE(evaluate(wanted, {}, noObserver).songs.size(), 2); // the model has no bass

        wanted.full = true; // the rest includes the bass
        std::vector<std::string> notices;
        EvaluationObserver observer = noObserver;
        observer.onNotice = [&](const std::string& notice) { notices.push_back(notice); };
        const Evaluation evaluation = evaluate(wanted, {}, observer);
        QCOMPARE(evaluation.leftOut, std::vector<std::string>{"one"});
        QCOMPARE(evaluation.songs.size(), 1);
        QCOMPARE(evaluation.songs[0].song, "two");
        QVERIFY(evaluation.stems[0].full->sdr);
        const std::string expected =
            "The song 'one' is left out: " + bass.string() + ": the sample at 0.500 s is not a number";
        QVERIFY2(notices.back().starts_with(expected), notices.back().c_str());
    }
    void reportsHeadersWithoutALength() {
        test::TinyDataset dataset;
        dataset.add("test/one", {.frames = 24000, .spec = {.sampleRate = 8000}});
        test::removeLength(dataset.file("test/one", "drums"));
        EvaluationRequest wanted = request();
        wanted.data = dataset.root().string();
        std::vector<std::string> notices;
        EvaluationObserver observer = noObserver;
        observer.onNotice = [&](const std::string& notice) { notices.push_back(notice); };
        QCOMPARE(evaluate(wanted, {}, observer).songs[0].seconds, 3.0);
        QVERIFY2(notices.back().find("its header has no length; all 3.0 s") != std::string::npos,
                 notices.back().c_str());
    }
    void programPrintsJsonAndTables() {
        QProcess process;
        const QStringList arguments = {"evaluate",
                                       "--weights",
                                       QString::fromStdString(request().model.weights),
                                       "--data",
                                       QString::fromStdString(request().data),
                                       "--device",
                                       "cpu"};
        process.start(HEADROOM_PROGRAM, QStringList(arguments) << "--json");
        process.waitForFinished(-1);
        QCOMPARE(process.exitCode(), 0);
        const auto json = nlohmann::json::parse(process.readAllStandardOutput().toStdString());
        for (const char* row : {"stems", "mixture"}) {
            for (const char* score : {"cSDR", "uSDR", "SI-SDR"})
                QVERIFY(json[row]["vocals"][score].is_number());
        }
        QVERIFY(json["silence"]["vocals"]["SI-SDR"].is_null());
        QCOMPARE(json["songs"].size(), 3);
        QVERIFY(json["definitions"]["cSDR"].is_string());
        QVERIFY(json["sample_rate"] == 8000);
        QVERIFY(json["channels"] == 2);

        process.start(HEADROOM_PROGRAM, arguments);
        process.waitForFinished(-1);
        const QByteArray table = process.readAllStandardOutput();
        QVERIFY(table.contains("untouched mixture") && table.contains("silence") &&
                table.contains("SI-SDR:"));
        QVERIFY(table.contains("\nsound: songs with another sample rate") &&
                table.contains("at 8000 Hz and two channels"));
        process.start(HEADROOM_PROGRAM, QStringList(arguments) << "--json"
                                                               << "--metrics"
                                                               << "fullness,l1_freq");
        process.waitForFinished(-1);
        QCOMPARE(process.exitCode(), 0);
        const auto more = nlohmann::json::parse(process.readAllStandardOutput().toStdString());
        for (const char* score : {"cSDR", "L1-frequency", "fullness"})
            QVERIFY(more["stems"]["vocals"][score].is_number() && more["definitions"][score].is_string());
        QVERIFY(!more["stems"]["vocals"].contains("bleedless"));
        process.start(HEADROOM_PROGRAM, QStringList(arguments) << "--metrics"
                                                               << "loudness");
        process.waitForFinished(-1);
        QCOMPARE(process.exitCode(), 2);
        QVERIFY(process.readAllStandardError().contains("there is no metric 'loudness'"));
        process.start(HEADROOM_PROGRAM, QStringList(arguments) << "--split"
                                                               << "nothing");
        process.waitForFinished(-1);
        QCOMPARE(process.exitCode(), 2);
    }
};

HEADROOM_TEST_MAIN(TestEvaluation)
#include "tst_evaluation.moc"
