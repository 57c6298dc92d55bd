// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/data/loader.h"
#include "core/data/segment_lengths.h"
#include "core/data/segment_source.h"
#include "core/support/error.h"
#include "tests/support/bad_files.h"
#include "tests/support/strict_main.h"
#include "tests/support/tiny_dataset.h"

#include <algorithm>
#include <atomic>
#include <functional>
#include <latch>
#include <memory>
#include <mutex>
#include <new>
#include <set>
#include <thread>
#include <vector>

using namespace headroom;
using headroom::test::errorOf;

namespace {

/// Makes examples that contain their number, and counts them.
class CountingSource : public ExampleSource {
public:
    struct Log {
        std::atomic<int> made = 0;
        std::atomic<std::int64_t> furthest = 0;
        std::function<void(std::int64_t)> onExample = [](std::int64_t) {};
    };
    explicit CountingSource(Log& log) : log_(log) {}

    Example example(std::int64_t number, std::int64_t frames) const override {
        ++log_.made;
        std::int64_t seen = log_.furthest;
        while (seen < number && !log_.furthest.compare_exchange_weak(seen, number)) {
        }
        log_.onExample(number);
        Example example;
        example.mixture = AudioBuffer(1, frames);
        std::ranges::fill(example.mixture.samples(), static_cast<float>(number));
        example.targets = {example.mixture};
        example.origins = {{"song", "stem", static_cast<double>(number), 1}};
        return example;
    }

    std::int64_t exampleBytes(std::int64_t frames) const override { return 2 * 4 * frames; }

private:
    Log& log_;
};

bool sameBatch(const Batch& a, const Batch& b) {
    const auto sameOrigins = [](const std::vector<SegmentOrigin>& x, const std::vector<SegmentOrigin>& y) {
        return std::ranges::equal(x, y, [](const SegmentOrigin& p, const SegmentOrigin& q) {
            return p.song == q.song && p.stem == q.stem && p.seconds == q.seconds && p.gain == q.gain;
        });
    };
    return a.firstExample == b.firstExample && a.batchSize == b.batchSize && a.stems == b.stems &&
           a.channels == b.channels && a.frames == b.frames && a.mixture == b.mixture &&
           a.targets == b.targets && std::ranges::equal(a.origins, b.origins, sameOrigins);
}

} // namespace

class TestLoader : public QObject {
    Q_OBJECT

    static std::unique_ptr<Loader> counting(CountingSource::Log& log, int workers, int prefetch = 2) {
        return std::make_unique<Loader>(std::make_unique<CountingSource>(log),
                                        LoaderOptions{workers, prefetch}, NoticeSink());
    }

private Q_SLOTS:
    void workers_data() {
        QTest::addColumn<int>("workers");
        for (int workers : {0, 1, 3})
            QTest::addRow("%d workers", workers) << workers;
    }

    /// As of one of three ranks: nobody makes the batches of the others.
    void makesOnlyTheBatchesAtItsStride() {
        for (const int workers : {0, 1, 3}) {
            CountingSource::Log log;
            std::mutex mutex;
            std::set<std::int64_t> made;
            log.onExample = [&](std::int64_t number) {
                const std::lock_guard lock(mutex);
                made.insert(number);
            };
            {
                Loader loader(std::make_unique<CountingSource>(log), LoaderOptions{workers, 2, 3},
                              NoticeSink());
                for (std::int64_t first = 4; first < 100; first += 6)
                    QCOMPARE(loader.batch(first, 2, 10).mixture[0], static_cast<float>(first));
            }
            for (const std::int64_t number : made)
                QCOMPARE(number / 2 % 3, std::int64_t{2});
        }
    }

    void batchesDoNotDependOnWorkers() {
        test::TinyDataset data;
        test::TinySong song;
        song.frames = 20000;
        for (const char* name : {"a", "b", "c"})
            data.add(name, song);
        // One file becomes unreadable after it was opened.
        RunConfig config;
        config.data.fileErrors = FileErrorPolicy::Skip;
        config.data.targets = {"vocals", "drums"};
        const auto songs = openLibrary(test::dataConfig(data.root()), AudioFormat()).train;
        test::truncate(data.file("b", "drums"), 0.4);

        std::vector<Batch> expected;
        std::vector<std::string> expectedNotices;
        for (int workers : {0, 1, 3}) {
            std::vector<std::string> notices;
            Loader loader(std::make_unique<SegmentSource>(songs, config, 0), {workers, 2},
                          [&](const std::string& notice) { notices.push_back(notice); });
            for (int i = 0; i < 8; ++i) {
                Batch batch = loader.batch(3LL * i, 3, 5000);
                if (workers == 0)
                    expected.push_back(std::move(batch));
                else
                    QVERIFY(sameBatch(batch, expected[i]));
            }
            QCOMPARE(notices.size(), 1U); // once for many examples
            if (workers == 0)
                expectedNotices = notices;
            QVERIFY(notices == expectedNotices);
        }
        QCOMPARE(expected[0].mixture.size(), 3U * 2 * 5000);
        QCOMPARE(expected[0].targets.size(), 3U * 2 * 2 * 5000);
        QCOMPARE(expected[0].origins.size(), 3U);
    }

    void anyRequestOrderGivesSameExamples_data() { workers_data(); }
    void anyRequestOrderGivesSameExamples() {
        QFETCH(int, workers);
        CountingSource::Log log;
        const auto loader = counting(log, workers);
        // Consecutive, a jump, another size, another length, back to the start.
        struct Request {
            std::int64_t first;
            int size;
            std::int64_t frames;
        };
        for (const Request& request : std::initializer_list<Request>{{0, 2, 10},
                                                                     {2, 2, 10},
                                                                     {4, 2, 10},
                                                                     {100, 2, 10},
                                                                     {102, 3, 10},
                                                                     {105, 3, 7},
                                                                     {108, 3, 7},
                                                                     {0, 1, 7}}) {
            const Batch batch = loader->batch(request.first, request.size, request.frames);
            QCOMPARE(batch.firstExample, request.first);
            QCOMPARE(batch.frames, request.frames);
            QCOMPARE(batch.mixture.size(), static_cast<std::size_t>(request.size * request.frames));
            for (int i = 0; i < request.size; ++i) {
                QCOMPARE(batch.mixture[i * request.frames], static_cast<float>(request.first + i));
                QCOMPARE(batch.origins[i][0].seconds, static_cast<double>(request.first + i));
            }
        }
    }

    /// The workers know how long the segments of later batches are.
    void prefetchesSegmentsOfRandomLengths_data() { workers_data(); }
    void prefetchesSegmentsOfRandomLengths() {
        QFETCH(int, workers);
        RunConfig config;
        config.audio.segmentLength = 0.1;
        config.audio.segmentShortening = 0.9;
        config.training.batchSize = 2;
        config.training.gradientAccumulationSteps = 3;
        const SegmentLengths lengths(config);
        CountingSource::Log log;
        const auto loader = counting(log, workers);
        std::set<std::int64_t> seen;
        for (std::int64_t first = 0; first < 80; first += 2) {
            const Batch batch = loader->batch(first, 2, lengths);
            QCOMPARE(batch.frames, lengths.of(first));
            QCOMPARE(batch.mixture.size(), static_cast<std::size_t>(2 * batch.frames));
            seen.insert(batch.frames);
        }
        QVERIFY(seen.size() > 3);
        QTRY_COMPARE(log.made.load(), 80 + workers * 2 * 2); // none was made in vain
    }

    void limitsPrefetching() {
        CountingSource::Log log;
        auto loader = counting(log, 3, 2);
        for (int i = 0; i < 50; ++i)
            loader->batch(4LL * i, 4, 10);
        // Exactly 6 batches of 4 examples are prefetched after the last returned batch. The workers make them
        // in any order, so only their number says that all are made.
        QTRY_COMPARE(log.made.load(), 50 * 4 + 6 * 4);
        loader.reset();
        QCOMPARE(log.made.load(), 50 * 4 + 6 * 4);
        QCOMPARE(log.furthest.load(), 50 * 4 + 6 * 4 - 1);
    }

    void throwsErrorWithItsBatchAndRetries_data() { workers_data(); }
    void throwsErrorWithItsBatchAndRetries() {
        QFETCH(int, workers);
        CountingSource::Log log;
        std::atomic<bool> isBroken = true;
        log.onExample = [&](std::int64_t number) {
            if (number == 5 && isBroken)
                throw Error(ErrorKind::Input, "damaged", "/some/where/vocals.wav");
        };
        const auto loader = counting(log, workers);
        loader->batch(0, 2, 10);
        loader->batch(2, 2, 10);
        for (int again = 0; again < 2; ++again)
            QCOMPARE(errorOf([&] { loader->batch(4, 2, 10); }),
                     std::string("/some/where/vocals.wav: damaged"));
        QCOMPARE(loader->batch(0, 2, 10).mixture[0], 0.0F);
        isBroken = false;
        QCOMPARE(loader->batch(4, 2, 10).mixture[10], 5.0F);
        QCOMPARE(loader->batch(6, 2, 10).mixture[0], 6.0F);
    }

    void forwardsOtherExceptions() {
        CountingSource::Log log;
        log.onExample = [](std::int64_t) { throw std::bad_alloc(); };
        const auto loader = counting(log, 2);
        QVERIFY_THROWS_EXCEPTION(std::bad_alloc, loader->batch(0, 1, 10));
    }

    void destructionWaitsOnlyForExamplesInProgress() {
        CountingSource::Log log;
        std::latch begun(3);
        std::latch released(1);
        log.onExample = [&](std::int64_t number) {
            if (number >= 100 && number % 100 == 0) {
                begun.count_down();
                released.wait();
            }
        };
        auto loader = counting(log, 3, 1);
        loader->batch(0, 100, 10);
        begun.wait(); // every worker is inside of a batch
        std::jthread release([&] { released.count_down(); });
        loader.reset();
        const int made = log.made;
        release.join();
        QCOMPARE(log.made.load(), made);
    }

    void idleWorkersStop() {
        CountingSource::Log log;
        counting(log, 3);
        QCOMPARE(log.made.load(), 0);
    }

    void throwsIfMemoryIsTooSmall_data() { workers_data(); }
    void throwsIfMemoryIsTooSmall() {
        QFETCH(int, workers);
        CountingSource::Log log;
        const auto loader = counting(log, workers);
        QVERIFY_THROWS_EXCEPTION(OutOfMemoryError, loader->batch(0, 1 << 20, 1 << 20));
        QCOMPARE(loader->batch(5, 2, 10).mixture[0], 5.0F);
    }
};

HEADROOM_TEST_MAIN(TestLoader)
#include "tst_loader.moc"
