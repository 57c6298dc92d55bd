#include "core/support/error.h"
#include "core/train/validator.h"
#include "tests/support/strict_main.h"
#include "tests/support/tiny_dataset.h"

#include <cmath>
#include <limits>
#include <set>

using namespace headroom;

namespace {

constexpr int rate = 8000;

test::TinySong song(std::vector<std::string> stems = {"drums", "vocals"}) {
    return {.stems = std::move(stems), .frames = 3 * rate, .spec = {.sampleRate = rate, .channels = 1}};
}

/// Gives the mixture times `gain` for every target.
ChunkModel model(float gain, const std::vector<std::string>& targets) {
    ChunkModel model;
    model.sampleRate = rate;
    model.channels = 1;
    model.stems = targets;
    model.chunkFrames = rate;
    model.separate = [gain, count = targets.size()](const AudioBuffer& chunk) {
        AudioBuffer scaled = chunk;
        for (float& sample : scaled.samples())
            sample *= gain;
        return std::vector<AudioBuffer>(count, scaled);
    };
    return model;
}

} // namespace

class TestValidator : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() {
        dataset_.add("train/a", song());
        dataset_.add("train/b", song());
        dataset_.add("train/alone", song({"vocals"}));
        songs_ = openLibrary(dataset_.root(), form_, FileErrorPolicy::Fail).train;
        std::erase_if(songs_, [](const Song& each) { return each.name == "alone"; });
    }

    /// Two stems of equal loudness: the mixture as the estimate of either has an error as loud as the target,
    /// so 0 dB; half of it has 1/4 + 1/4 of the energy as error, so 3 dB.
    void scoresWholeSongs() {
        const std::vector<std::string> targets{"drums", "vocals"};
        const Validator validator(songs_, form_, targets);
        for (const auto& [gain, expected] : {std::pair{1.0F, 0.0}, std::pair{0.5F, 3.01}}) {
            std::set<std::string> seen;
            const auto onSong = [&](const std::string& name, const auto& stems) {
                seen.insert(name);
                QCOMPARE(stems.size(), targets.size());
            };
            const auto result = validator.run(model(gain, targets), {}, onSong);
            QVERIFY(result);
            QCOMPARE(seen, (std::set<std::string>{"a", "b"}));
            QCOMPARE(result->songs, 2);
            QVERIFY(std::abs(*result->score - expected) < 0.2);
            for (const auto& [stem, score] : result->stems) {
                QVERIFY(std::abs(*score.cSdr - expected) < 0.3);
                QVERIFY(std::abs(*score.uSdr - expected) < 0.3);
            }
        }
    }

    void aStopEndsItBetweenChunks() {
        const Validator validator(songs_, form_, {"vocals"});
        std::stop_source stop;
        int chunks = 0;
        ChunkModel stopping = model(1, {"vocals"});
        stopping.separate = [&, separate = stopping.separate](const AudioBuffer& chunk) {
            if (++chunks == 2)
                stop.request_stop();
            return separate(chunk);
        };
        QVERIFY(!validator.run(stopping, stop.get_token(), [](const auto&, const auto&) {}));
        QCOMPARE(chunks, 2);
    }

    void outputThatIsNoNumberGivesNoScore() {
        const Validator validator(songs_, form_, {"vocals"});
        const auto result = validator.run(model(std::numeric_limits<float>::quiet_NaN(), {"vocals"}), {},
                                          [](const auto&, const auto&) {});
        QVERIFY(result);
        QCOMPARE(result->faults.size(), std::size_t(2));
        QCOMPARE(result->songs, 0);
        QVERIFY(!result->score);
    }

    void aMissingStemIsRefusedBeforehand() {
        auto songs = openLibrary(dataset_.root(), form_, FileErrorPolicy::Fail).train;
        QVERIFY_EXCEPTION_THROWN(Validator(songs, form_, {"drums"}), Error);
    }

    void theDryRunSeesOneChunk() {
        const Validator validator(songs_, form_, {"vocals"});
        int chunks = 0;
        ChunkModel counting = model(1, {"vocals"});
        counting.separate = [&, separate = counting.separate](const AudioBuffer& chunk) {
            ++chunks;
            return separate(chunk);
        };
        validator.dryRun(counting);
        QCOMPARE(chunks, 1);
        Validator({}, form_, {"vocals"}).dryRun(counting);
        QCOMPARE(chunks, 1);
    }

private:
    test::TinyDataset dataset_;
    AudioFormat form_{rate, 1};
    std::vector<Song> songs_;
};

HEADROOM_TEST_MAIN(TestValidator)
#include "tst_validator.moc"
