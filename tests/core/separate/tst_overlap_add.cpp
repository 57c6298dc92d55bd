#include "core/separate/overlap_add.h"
#include "core/separate/separate_song.h"
#include "core/support/error.h"
#include "tests/support/bad_files.h"
#include "tests/support/strict_main.h"
#include "tests/support/test_signals.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <stdexcept>

using namespace headroom;

namespace {

/// Chunks as the model saw them, beside what it made of them.
struct Recorder {
    std::vector<std::int64_t> lengths;
    ChunkFunction function(std::vector<float> gains) {
        return [this, gains](const AudioBuffer& chunk) {
            lengths.push_back(chunk.frames());
            std::vector<AudioBuffer> stems;
            for (float gain : gains) {
                stems.push_back(chunk);
                for (float& sample : stems.back().samples())
                    sample *= gain;
            }
            return stems;
        };
    }
};

ChunkModel model(std::int64_t chunk, double overlap, ChunkFunction function, int stems = 1) {
    ChunkModel result;
    result.stems.resize(stems, "stem");
    result.chunkFrames = chunk;
    result.overlap = overlap;
    result.separate = std::move(function);
    return result;
}

bool equal(const AudioBuffer& a, const AudioBuffer& b) {
    return a.channels() == b.channels() && std::ranges::equal(a.samples(), b.samples());
}

/// A mean over 2 * radius + 1 frames, with zeros beyond the ends of the chunk: right but for its edges.
ChunkFunction smoother(std::int64_t radius) {
    return [radius](const AudioBuffer& chunk) {
        AudioBuffer out(chunk.channels(), chunk.frames());
        for (int c = 0; c < chunk.channels(); ++c) {
            for (std::int64_t i = 0; i < chunk.frames(); ++i) {
                double sum = 0;
                for (std::int64_t k = std::max<std::int64_t>(0, i - radius);
                     k <= std::min(chunk.frames() - 1, i + radius); ++k)
                    sum += chunk.channel(c)[k];
                out.channel(c)[i] = static_cast<float>(sum / static_cast<double>(2 * radius + 1));
            }
        }
        return std::vector<AudioBuffer>{out};
    };
}

} // namespace

class TestOverlapAdd : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void identityComesBackBitForBit() {
        for (double overlap : {0.0, 0.1, 0.25, 0.5, 0.7, 0.9}) {
            for (std::int64_t chunk : {1, 2, 3, 7, 64, 101}) {
                for (std::int64_t frames : {0, 1, 2, 63, 64, 65, 100, 128, 500, 1000}) {
                    const AudioBuffer sound = test::noise(2, frames, frames + 1);
                    for (std::int64_t alignment : {1, 5}) {
                        Recorder recorder;
                        ChunkModel gains = model(chunk, overlap, recorder.function({1.0F, -0.5F}), 2);
                        gains.alignment = alignment;
                        const auto stems = separateSong(gains, sound);
                        QVERIFY(equal(stems->at(0), sound));
                        for (std::int64_t i = 0; i < frames; ++i)
                            QCOMPARE(stems->at(1).channel(1)[i], -0.5F * sound.channel(1)[i]);
                    }
                }
            }
        }
    }
    void chunksAreWholeAndNoneIsSilent() {
        for (std::int64_t frames : {1, 99, 100, 101, 149, 150, 151, 200, 1000}) {
            Recorder recorder;
            separateSong(model(100, 0.5, recorder.function({1.0F})), test::noise(1, frames, 1));
            const std::int64_t expected = frames <= 100 ? 1 : 1 + (frames - 100 + 49) / 50;
            QCOMPARE(std::ssize(recorder.lengths), expected);
            for (std::int64_t length : recorder.lengths)
                QCOMPARE(length, std::min<std::int64_t>(frames, 100));
        }
        Recorder recorder;
        separateSong(model(100, 0.5, recorder.function({1.0F})), AudioBuffer(1, 0));
        QVERIFY(recorder.lengths.empty());
    }
    void chunksBeginOnTheGrid() {
        AudioBuffer sound(1, 1234);
        for (std::int64_t i = 0; i < sound.frames(); ++i)
            sound.channel(0)[i] = static_cast<float>(i);
        ChunkModel aligned = model(100, 0.5, [](const AudioBuffer& chunk) {
            if (static_cast<std::int64_t>(chunk.channel(0)[0]) % 12 != 0)
                throw std::runtime_error("a chunk off the grid");
            return std::vector<AudioBuffer>{chunk};
        });
        aligned.alignment = 12;
        QVERIFY(equal(separateSong(aligned, sound)->front(), sound));
    }
    void edgesOfChunksAreNotHeard() {
        const AudioBuffer sound = test::noise(2, 3217, 5);
        const AudioBuffer whole = smoother(10)(sound).front();
        for (double overlap : {0.2, 0.5, 0.8}) {
            const auto stems = separateSong(model(400, overlap, smoother(10)), sound);
            for (std::size_t i = 0; i < whole.samples().size(); ++i)
                QVERIFY(std::abs(stems->front().samples()[i] - whole.samples()[i]) < 1e-6F);
        }
        const auto seams = separateSong(model(400, 0, smoother(10)), sound);
        QVERIFY(!equal(seams->front(), whole)); // without overlap they would be
    }
    void theSizeOfInputBlocksDoesNotMatter() {
        const AudioBuffer sound = test::noise(2, 2345, 3);
        const auto expected = separateSong(model(300, 0.4, smoother(50)), sound)->front();
        for (std::int64_t block : {1, 77, 300, 5000}) {
            OverlapAdd overlapAdd(model(300, 0.4, smoother(50)), 2);
            std::vector<float> left;
            const auto take = [&left](const std::vector<AudioBuffer>& stems) {
                const auto samples = stems.front().channel(0);
                left.insert(left.end(), samples.begin(), samples.end());
            };
            for (std::int64_t begin = 0; begin < sound.frames(); begin += block) {
                AudioBuffer part(2, std::min(block, sound.frames() - begin));
                for (int c = 0; c < 2; ++c)
                    std::copy_n(sound.channel(c).begin() + begin, part.frames(), part.channel(c).begin());
                take(overlapAdd.process(part));
                QVERIFY(std::ssize(left) <= begin + part.frames());
            }
            take(overlapAdd.finish());
            QVERIFY(std::ranges::equal(left, expected.channel(0)));
        }
    }
    void stopsBeforeTheNextChunk() {
        std::stop_source stop;
        int chunks = 0;
        const auto stems = separateSong(model(100, 0.5,
                                              [&](const AudioBuffer& chunk) {
                                                  ++chunks;
                                                  stop.request_stop();
                                                  return std::vector<AudioBuffer>{chunk};
                                              }),
                                        test::noise(1, 1000, 1), stop.get_token());
        QVERIFY(!stems);
        QCOMPARE(chunks, 1);
    }
    void progressEndsAtTheEnd() {
        Recorder recorder;
        std::vector<std::int64_t> done;
        separateSong(model(100, 0.5, recorder.function({1.0F})), test::noise(1, 777, 1), {},
                     [&](std::int64_t frames, std::int64_t all) {
                         QCOMPARE(all, 777);
                         done.push_back(frames);
                     });
        QVERIFY(std::ranges::is_sorted(done));
        QCOMPARE(done.back(), 777);
    }
    void outputThatIsNotANumberIsAnError() {
        const auto broken = [](const AudioBuffer& chunk) {
            AudioBuffer out = chunk;
            out.channel(0)[0] = std::numeric_limits<float>::quiet_NaN();
            return std::vector<AudioBuffer>{out};
        };
        const std::string message =
            test::errorOf([&] { separateSong(model(100, 0.5, broken), test::noise(1, 300, 1)); });
        QVERIFY2(message.find("the model gives") != std::string::npos, message.c_str());
    }
    void aSoundThatIsNotFiniteIsNotTheModelsFault() {
        for (const float bad :
             {std::numeric_limits<float>::quiet_NaN(), std::numeric_limits<float>::infinity()}) {
            AudioBuffer sound = test::noise(2, 30000, 1);
            sound.channel(1)[22050] = bad;
            sound.channel(0)[22052] = bad;
            Recorder recorder;
            const std::string message =
                test::errorOf([&] { separateSong(model(20000, 0.5, recorder.function({1.0F})), sound); });
            QVERIFY2(message.starts_with("2 samples from 0.500 s on are "), message.c_str());
        }
    }
};

HEADROOM_TEST_MAIN(TestOverlapAdd)
#include "tst_overlap_add.moc"
