// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/support/error.h"
#include "core/train/audition.h"
#include "tests/core/train/trainer_fixture.h"
#include "tests/support/one_by_one.h"
#include "tests/support/read_audio.h"
#include "tests/support/strict_main.h"
#include "tests/support/tiny_dataset.h"

#include <ATen/Parallel.h>

#include <filesystem>
#include <fstream>

using namespace headroom;
using test::RunOutcome;
namespace fs = std::filesystem;

namespace {

constexpr int auditionRate = 8000;

/// A model whose estimate is half of the mixture.
SegmentModel halving() {
    SegmentModel model;
    model.sampleRate = auditionRate;
    model.channels = 1;
    model.stems = {"vocals"};
    model.segmentFrames = auditionRate;
    model.separate = test::oneByOne([](const AudioBuffer& segment) {
        AudioBuffer half = segment;
        for (float& sample : half.samples())
            sample /= 2;
        return SegmentStems{half};
    });
    return model;
}

} // namespace

class TestAudition : public QObject, private test::TrainerFixture {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { at::set_num_threads(1); }
    void init() { reset(); }

    void keepsEstimatesAndWhatTheyAreComparedWith() {
        test::TinyDataset dataset;
        dataset.add("train/a", {.stems = {"drums", "vocals"},
                                .frames = 4 * auditionRate,
                                .spec = {.sampleRate = auditionRate, .channels = 1}});
        const AudioFormat format{auditionRate, 1};
        const Song song = openLibrary(test::dataConfig(dataset.root()), format).train.at(0);
        Audition audition(RunPaths{folder_}, song, format, {"vocals"}, 1.5, std::make_shared<Outage>());
        const auto saved = audition.record(halving(), 12, 3, {});
        QVERIFY(saved);
        QCOMPARE(saved->folder, std::string("auditions/step-00000012"));
        QCOMPARE(saved->seconds, 1.5);
        QCOMPARE(saved->stems, std::vector<std::string>{"vocals"});
        const auto first = static_cast<std::int64_t>(saved->begin * auditionRate);
        const AudioBuffer mixture = readStem(song, mixtureName, format, first, 12000);
        const AudioBuffer estimate = test::readAudio(folder_ / saved->folder / "vocals.flac");
        const AudioBuffer kept = test::readAudio(folder_ / "auditions/song/mixture.flac");
        QCOMPARE(estimate.frames(), std::int64_t(12000));
        for (const std::int64_t i : {0, 5000, 11999}) {
            QVERIFY(std::abs(estimate.channel(0)[i] - mixture.channel(0)[i] / 2) < 1e-5);
            QVERIFY(std::abs(kept.channel(0)[i] - mixture.channel(0)[i]) < 1e-5);
        }
        QVERIFY(fs::exists(folder_ / "auditions/song/vocals.flac"));
        std::stop_source stop;
        stop.request_stop();
        QVERIFY(!audition.record(halving(), 13, 3, stop.get_token()));
    }

    void aRunRecordsOneAfterEachValidation() {
        config_.training.auditionSeconds = 1;
        config_.training.numEpochs = 2;
        const RunOutcome outcome = test::train(config_, folder_, 0);
        const auto saved = outcome.all<AuditionSaved>();
        QCOMPARE(saved.size(), std::size_t(2));
        QCOMPARE(saved[0].step, std::int64_t(5));
        QCOMPARE(saved[1].epoch, 2);
        QCOMPARE(saved[1].song, std::string("judge"));
        for (const AuditionSaved& each : saved)
            QVERIFY(fs::exists(folder_ / each.folder / "vocals.flac"));
        QVERIFY(outcome.all<Notice>().empty() || !outcome.hasNotice("audition"));
        reset();
        QVERIFY(test::train(config_, folder_, 0).all<AuditionSaved>().empty()); // off by default
        QVERIFY(!fs::exists(folder_ / "auditions"));
    }

    /// The run goes on without it.
    void aFailureIsANotice() {
        config_.training.auditionSeconds = 1;
        config_.training.numEpochs = 1;
        const RunOutcome outcome =
            test::train(config_, folder_, 0, false, [this](const TrainingEvent& event, RunControl&) {
                if (std::holds_alternative<Started>(event))
                    std::ofstream(folder_ / "auditions") << "a file in its place";
            });
        QVERIFY(std::holds_alternative<Finished>(outcome.end));
        QVERIFY(outcome.hasNotice("the audition of this validation is missing"));
        QVERIFY(!outcome.all<ValidationDone>().empty());
    }

    void refusesAnUnknownSong() {
        config_.training.auditionSeconds = 1;
        config_.training.auditionSong = "nobody";
        QVERIFY_THROWS_EXCEPTION(Error, test::train(config_, folder_, 0));
        QVERIFY(!fs::exists(folder_));
    }
};

HEADROOM_TEST_MAIN(TestAudition)
#include "tst_audition.moc"
