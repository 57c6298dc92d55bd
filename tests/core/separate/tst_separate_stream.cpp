// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/separate/separate_stream.h"
#include "tests/support/one_by_one.h"
#include "tests/support/strict_main.h"
#include "tests/support/test_signals.h"

#include <algorithm>
#include <span>
#include <stdexcept>
#include <string>

using namespace headroom;

namespace {

/// A model whose stem is half of the input.
SegmentModel half(int sampleRate) {
    SegmentModel model;
    model.sampleRate = sampleRate;
    model.stems = {"half"};
    model.segmentFrames = 4000;
    model.separate = test::oneByOne([](const AudioBuffer& segment) {
        SegmentStems stems{segment};
        for (float& sample : stems.front().samples())
            sample *= 0.5F;
        return stems;
    });
    return model;
}

const SeparationProgress ignore = [](std::int64_t, std::int64_t) {};

} // namespace

class TestSeparateStream : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void resultDoesNotDependOnBatchSize() {
        const AudioBuffer audio = test::noise(2, 20000, 7);
        std::vector<std::vector<float>> results;
        for (const int batch : {1, 3, 100}) {
            SegmentModel model = half(48000);
            model.batchSize = batch;
            std::vector<float> left;
            std::vector<std::int64_t> progress;
            const AudioStream stream{
                "audio", 44100, 2, audio.frames(),
                [&](std::int64_t first, std::int64_t frames) { return audio.part(first, frames); }};
            const auto sink = [&](const std::vector<AudioBuffer>& stems) {
                left.insert(left.end(), stems[0].channel(0).begin(), stems[0].channel(0).end());
            };
            QVERIFY(separateStream(model, stream, {}, sink, {}, [&](std::int64_t done, std::int64_t frames) {
                QCOMPARE(frames, audio.frames());
                progress.push_back(done);
            }));
            QVERIFY(std::ranges::is_sorted(progress));
            QCOMPARE(progress.back(), audio.frames());
            QCOMPARE(std::ssize(left), audio.frames());
            results.push_back(left);
        }
        QCOMPARE(results[0], results[1]);
        QCOMPARE(results[0], results[2]);
    }
    void anEmptyStreamHasNoFrames() {
        const AudioStream stream{"audio", 44100, 2, 0,
                                 [](std::int64_t, std::int64_t) { return AudioBuffer(2, 0); }};
        const auto sink = [](const std::vector<AudioBuffer>&) { QFAIL("there are no frames"); };
        QVERIFY(separateStream(half(44100), stream, {}, sink, {}, ignore));
    }
    void stopsAndFailsInEveryThread_data() {
        QTest::addColumn<QString>("where");
        for (const char* where :
             {"reader", "model", "writer", "writer at the end", "stop", "stop within a segment"})
            QTest::newRow(where) << where;
    }
    void stopsAndFailsInEveryThread() {
        QFETCH(const QString, where);
        const AudioBuffer audio = test::noise(2, 200000, 7);
        std::stop_source stop;
        SegmentModel model = half(48000);
        model.batchSize = 2;
        int batches = 0;
        model.separate = [&, plain = model.separate](std::span<const AudioBuffer> segments) {
            if (++batches == 3 && where == "model")
                throw std::runtime_error("model");
            if (batches == 3 && where == "stop")
                stop.request_stop();
            if (batches == 3 && where == "stop within a segment")
                throw SeparationStopped();
            return plain(segments);
        };
        AudioStream stream{"audio", 44100, 2, audio.frames(), {}};
        stream.read = [&](std::int64_t first, std::int64_t frames) {
            if (first > 50000 && where == "reader")
                throw std::runtime_error("reader");
            return audio.part(first, frames);
        };
        std::int64_t received = 0;
        const auto sink = [&](const std::vector<AudioBuffer>& stems) {
            received += stems.front().frames();
            if ((received > 20000 && where == "writer") ||
                (received == audio.frames() && where == "writer at the end"))
                throw std::runtime_error(where.toStdString());
        };
        std::string error;
        bool completed = true;
        try {
            completed = separateStream(model, stream, {}, sink, stop.get_token(), ignore);
        } catch (const std::runtime_error& thrown) {
            error = thrown.what();
        }
        QCOMPARE(QString::fromStdString(error), where.startsWith("stop") ? QString() : where);
        QCOMPARE(completed, !where.startsWith("stop"));
        QCOMPARE(received < audio.frames(), where != "writer at the end");
    }
};

HEADROOM_TEST_MAIN(TestSeparateStream)
#include "tst_separate_stream.moc"
