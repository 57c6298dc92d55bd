// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/separate/overlap_add.h"
#include "core/separate/separate_song.h"
#include "core/support/error.h"
#include "tests/support/bad_files.h"
#include "tests/support/one_by_one.h"
#include "tests/support/strict_main.h"
#include "tests/support/test_signals.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <stdexcept>

using namespace headroom;

namespace {

using OneSegment = std::function<SegmentStems(const AudioBuffer& segment)>;

/// A model that applies gains and records the lengths of its segments.
struct Recorder {
    std::vector<std::int64_t> lengths;
    OneSegment function(std::vector<float> gains) {
        return [this, gains](const AudioBuffer& segment) {
            lengths.push_back(segment.frames());
            std::vector<AudioBuffer> stems;
            for (float gain : gains) {
                stems.push_back(segment);
                for (float& sample : stems.back().samples())
                    sample *= gain;
            }
            return stems;
        };
    }
};

SegmentModel model(std::int64_t segment, double overlap, OneSegment function, int stems = 1) {
    SegmentModel result;
    result.stems.resize(stems, "stem");
    result.segmentFrames = segment;
    result.overlap = overlap;
    result.separate = test::oneByOne(std::move(function));
    return result;
}

bool equal(const AudioBuffer& a, const AudioBuffer& b) {
    return a.channels() == b.channels() && std::ranges::equal(a.samples(), b.samples());
}

/// A moving average over 2 * radius + 1 frames, with zeros beyond the ends: wrong only at the segment's
/// edges.
OneSegment smoother(std::int64_t radius) {
    return [radius](const AudioBuffer& segment) {
        AudioBuffer out(segment.channels(), segment.frames());
        for (int c = 0; c < segment.channels(); ++c) {
            for (std::int64_t i = 0; i < segment.frames(); ++i) {
                double sum = 0;
                for (std::int64_t k = std::max<std::int64_t>(0, i - radius);
                     k <= std::min(segment.frames() - 1, i + radius); ++k)
                    sum += segment.channel(c)[k];
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
    void identityIsBitExact() {
        for (double overlap : {0.0, 0.1, 0.25, 0.5, 0.7, 0.9}) {
            for (std::int64_t segment : {1, 2, 3, 7, 64, 101}) {
                for (std::int64_t frames : {0, 1, 2, 63, 64, 65, 100, 128, 500, 1000}) {
                    const AudioBuffer audio = test::noise(2, frames, frames + 1);
                    for (std::int64_t alignment : {1, 5}) {
                        Recorder recorder;
                        SegmentModel gains = model(segment, overlap, recorder.function({1.0F, -0.5F}), 2);
                        gains.alignment = alignment;
                        const auto stems = separateSong(gains, audio);
                        QVERIFY(equal(stems->at(0), audio));
                        for (std::int64_t i = 0; i < frames; ++i)
                            QCOMPARE(stems->at(1).channel(1)[i], -0.5F * audio.channel(1)[i]);
                    }
                }
            }
        }
    }
    void segmentsHaveFullLengthAndNoPadding() {
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
    void segmentsStartAtMultiplesOfTheAlignment() {
        AudioBuffer audio(1, 1234);
        for (std::int64_t i = 0; i < audio.frames(); ++i)
            audio.channel(0)[i] = static_cast<float>(i);
        SegmentModel aligned = model(100, 0.5, [](const AudioBuffer& segment) {
            if (static_cast<std::int64_t>(segment.channel(0)[0]) % 12 != 0)
                throw std::runtime_error("misaligned segment");
            return std::vector<AudioBuffer>{segment};
        });
        aligned.alignment = 12;
        QVERIFY(equal(separateSong(aligned, audio)->front(), audio));
    }
    void overlapHidesSegmentEdges() {
        const AudioBuffer audio = test::noise(2, 3217, 5);
        const AudioBuffer whole = smoother(10)(audio).front();
        for (double overlap : {0.2, 0.5, 0.8}) {
            const auto stems = separateSong(model(400, overlap, smoother(10)), audio);
            for (std::size_t i = 0; i < whole.samples().size(); ++i)
                QVERIFY(std::abs(stems->front().samples()[i] - whole.samples()[i]) < 1e-6F);
        }
        const auto seams = separateSong(model(400, 0, smoother(10)), audio);
        QVERIFY(!equal(seams->front(), whole)); // without overlap, edges are visible
    }
    void resultDoesNotDependOnBlockSize() {
        const AudioBuffer audio = test::noise(2, 2345, 3);
        const auto expected = separateSong(model(300, 0.4, smoother(50)), audio)->front();
        for (std::int64_t block : {1, 77, 300, 5000}) {
            OverlapAdd overlapAdd(model(300, 0.4, smoother(50)), 2);
            std::vector<float> left;
            const auto append = [&left](const std::vector<AudioBuffer>& stems) {
                const auto samples = stems.front().channel(0);
                left.insert(left.end(), samples.begin(), samples.end());
            };
            for (std::int64_t begin = 0; begin < audio.frames(); begin += block) {
                AudioBuffer part(2, std::min(block, audio.frames() - begin));
                for (int c = 0; c < 2; ++c)
                    std::copy_n(audio.channel(c).begin() + begin, part.frames(), part.channel(c).begin());
                append(overlapAdd.process(part));
                QVERIFY(std::ssize(left) <= begin + part.frames());
            }
            append(overlapAdd.finish());
            QVERIFY(std::ranges::equal(left, expected.channel(0)));
        }
    }
    /// Segments of one length are separated together, and the result is the same.
    void resultDoesNotDependOnBatchSize() {
        for (const std::int64_t frames : {1, 99, 100, 101, 777, 1000}) {
            for (const std::int64_t alignment : {1, 7}) {
                const AudioBuffer audio = test::noise(2, frames, 9);
                SegmentModel one = model(100, 0.6, smoother(20));
                one.alignment = alignment;
                const auto expected = separateSong(one, audio)->front();
                for (const int batch : {2, 3, 64}) {
                    SegmentModel several = one;
                    several.batchSize = batch;
                    std::size_t largest = 0;
                    several.separate = [&](std::span<const AudioBuffer> segments) {
                        largest = std::max(largest, segments.size());
                        for (const AudioBuffer& segment : segments) {
                            if (segment.frames() != segments.front().frames())
                                throw std::runtime_error("segments of different lengths");
                        }
                        return one.separate(segments);
                    };
                    QVERIFY(equal(separateSong(several, audio)->front(), expected));
                    QVERIFY(largest <= static_cast<std::size_t>(batch));
                    QVERIFY(largest > 1 || frames < 777);
                }
            }
        }
    }
    /// A stream that starts at a segment before a frame has the same output from there on.
    void aLaterStartHasTheSameOutput() {
        const AudioBuffer audio = test::noise(1, 3000, 4);
        for (const double overlap : {0.0, 0.25, 0.5, 0.75, 0.9}) {
            for (const std::int64_t alignment : {1, 7}) {
                SegmentModel smooth = model(101, overlap, smoother(30));
                smooth.alignment = alignment;
                const auto whole = separateSong(smooth, audio)->front();
                const OverlapAdd segments(smooth, 1);
                for (const std::int64_t frame : {0, 1, 50, 100, 101, 500, 1234, 2990}) {
                    const std::int64_t start = segments.startFor(frame, audio.frames());
                    QVERIFY(start <= frame && start % segments.hopFrames() == 0);
                    const auto part =
                        separateSong(smooth, audio.part(start, audio.frames() - start))->front();
                    QVERIFY(std::ranges::equal(part.channel(0).subspan(frame - start),
                                               whole.channel(0).subspan(frame)));
                }
            }
        }
    }
    void stopsBeforeTheNextSegment() {
        std::stop_source stop;
        int segments = 0;
        const auto stems = separateSong(model(100, 0.5,
                                              [&](const AudioBuffer& segment) {
                                                  ++segments;
                                                  stop.request_stop();
                                                  return std::vector<AudioBuffer>{segment};
                                              }),
                                        test::noise(1, 1000, 1), stop.get_token());
        QVERIFY(!stems);
        QCOMPARE(segments, 1);
    }
    void progressIsMonotonicAndComplete() {
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
    void rejectsNonFiniteModelOutput() {
        const auto broken = [](const AudioBuffer& segment) {
            AudioBuffer out = segment;
            out.channel(0)[0] = std::numeric_limits<float>::quiet_NaN();
            return std::vector<AudioBuffer>{out};
        };
        const std::string message =
            test::errorOf([&] { separateSong(model(100, 0.5, broken), test::noise(1, 300, 1)); });
        QVERIFY2(message.find("the model's output is not finite") != std::string::npos, message.c_str());
    }
    void reportsNonFiniteInput() {
        for (const float bad :
             {std::numeric_limits<float>::quiet_NaN(), std::numeric_limits<float>::infinity()}) {
            AudioBuffer audio = test::noise(2, 30000, 1);
            audio.channel(1)[22050] = bad;
            audio.channel(0)[22052] = bad;
            Recorder recorder;
            const std::string message =
                test::errorOf([&] { separateSong(model(20000, 0.5, recorder.function({1.0F})), audio); });
            QVERIFY2(message.starts_with("2 samples from 0.500 s on are "), message.c_str());
        }
    }
};

HEADROOM_TEST_MAIN(TestOverlapAdd)
#include "tst_overlap_add.moc"
