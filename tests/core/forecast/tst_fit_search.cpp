// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/cards/cards.h"
#include "core/forecast/fit_search.h"
#include "core/forecast/forecaster.h"
#include "tests/support/strict_main.h"

#include <limits>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

using namespace headroom;

namespace {

RunConfig smallRun(int batchSize, int accumulationSteps) {
    RunConfig config;
    config.audio.segmentLength = 4;
    config.model.hiddenDim = 64;
    config.model.numLayers = 3;
    config.model.kernels = Kernels::Operators; // which keep so much that each recomputed layer saves memory
    config.training.batchSize = batchSize;
    config.training.gradientAccumulationSteps = accumulationSteps;
    return config;
}

/// The configuration with the most recompute that the search adds.
RunConfig withAllRecompute(RunConfig config) {
    config.model.useGradientCheckpointing = true;
    config.model.recomputeSlices = 256;
    return config;
}

ForecastRequest request(const RunConfig& config, std::int64_t capacity) {
    Card card = findCard("RTX 3060").value();
    card.capacity = capacity;
    return {.config = config, .card = card, .detail = ForecastDetail::Totals};
}

/// The capacity of the smallest card that has room for everything that the allocator reserves.
std::int64_t capacityFor(const RunConfig& config) {
    return forecast(request(config, std::numeric_limits<std::int64_t>::max() / 4)).deviceTotal;
}

Verdict verdictAt(const RunConfig& config, std::int64_t capacity) {
    return forecast(request(config, capacity)).verdict;
}

std::vector<Fit> fitsAt(const RunConfig& config, std::int64_t capacity) {
    return searchFits(request(config, capacity)).value();
}

} // namespace

/// Every test chooses a card on which one kind of change is sufficient and the kinds before it are not.
class TestFitSearch : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void leavesFittingConfigurationUnchanged() {
        const RunConfig config = smallRun(2, 1);
        const std::vector<Fit> fits = fitsAt(config, capacityFor(config));
        QCOMPARE(fits.size(), std::size_t{1});
        QVERIFY(fits.front().changes.empty());
        QVERIFY(fits.front().config == config);
        QCOMPARE(fits.front().relativeStepTime, 1.0);
    }

    /// A card with room left is offered the fastest configuration that keeps more, also when only a part
    /// does.
    void offersToKeepMoreActivations() {
        RunConfig config = smallRun(2, 1);
        config.model.kernels = Kernels::Auto;
        RunConfig all = config;
        all.model.keptActivations = Kept::Scanned;
        RunConfig some = all;
        some.model.keptLayers = 1;
        constexpr std::int64_t room = std::int64_t{1} << 30; // for the verdict to be better than tight
        QVERIFY(capacityFor(config) < capacityFor(some));
        QVERIFY(capacityFor(some) < capacityFor(all));

        const std::vector<Fit> plenty = fitsAt(config, capacityFor(all) + room);
        QCOMPARE(plenty.size(), std::size_t{2});
        QVERIFY(plenty[0].changes.empty());
        QVERIFY(plenty[1].config == all);
        QVERIFY(plenty[1].relativeStepTime < 1);

        std::int64_t capacity = capacityFor(some) + room;
        const std::vector<Fit> less = fitsAt(config, capacity);
        QCOMPARE(less.size(), std::size_t{2});
        QVERIFY(less[1].config.model.keptActivations != Kept::Input);
        QCOMPARE(verdictAt(less[1].config, capacity), Verdict::Fits);
        QVERIFY(less[1].relativeStepTime <= forecast(request(some, capacity)).time->update.seconds /
                                                forecast(request(config, capacity)).time->update.seconds);

        const std::vector<Fit> back = fitsAt(all, capacityFor(config));
        QVERIFY(!back.empty());
        QVERIFY(back.front().config.model == config.model);
    }

    void addsLeastRecompute() {
        const RunConfig config = smallRun(2, 1);
        RunConfig one = config;
        one.model.recomputeLayers = 1;
        RunConfig two = config;
        two.model.recomputeLayers = 2;
        const std::int64_t capacity = capacityFor(two);
        QCOMPARE(verdictAt(one, capacity), Verdict::DoesNotFit);

        const std::vector<Fit> fits = fitsAt(config, capacity);
        QCOMPARE(fits.size(), std::size_t{1});
        const Fit& fit = fits.front();
        QVERIFY(fit.config == two);
        QCOMPARE(fit.changes.size(), std::size_t{1});
        QCOMPARE(fit.changes.front().key, std::string("model.recompute_layers"));
        QCOMPARE(fit.changes.front().before, std::string("0"));
        QCOMPARE(fit.changes.front().after, std::string("2"));
        QVERIFY(fit.relativeStepTime > 1);
    }

    void lowersPrecisionBeforeBatchSize() {
        RunConfig config = smallRun(4, 1);
        const std::int64_t capacity = capacityFor(withAllRecompute(config));
        config.training.precision = Precision::Fp32;
        QCOMPARE(verdictAt(withAllRecompute(config), capacity), Verdict::DoesNotFit);

        const std::vector<Fit> fits = fitsAt(config, capacity);
        QCOMPARE(fits.size(), std::size_t{1});
        QCOMPARE(fits.front().config.training.precision, Precision::Bf16);
        QCOMPARE(fits.front().config.training.batchSize, 4);
    }

    /// Two ranks cannot share the 3 steps that batches of 4 would need.
    void offersOnlyStepsThatRanksCanShare() {
        const auto ofTwo = [](const RunConfig& config, std::int64_t capacity) {
            ForecastRequest asked = request(config, capacity);
            asked.ranks = 2;
            return asked;
        };
        const RunConfig smaller = withAllRecompute(smallRun(3, 4));
        const std::int64_t capacity =
            forecast(ofTwo(smaller, std::numeric_limits<std::int64_t>::max() / 4)).deviceTotal;
        const std::vector<Fit> fits = searchFits(ofTwo(smallRun(6, 2), capacity)).value();
        QVERIFY(!fits.empty());
        QCOMPARE(fits.front().config.training.batchSize, 3);
        for (const Fit& fit : fits)
            QCOMPARE(fit.config.training.gradientAccumulationSteps % 2, 0);
    }

    /// 12 segments per update allow batches of 4, 3, 2 and 1, of which the search returns three.
    void triesLargestBatchFirst() {
        const RunConfig config = smallRun(6, 2);
        const std::int64_t capacity = capacityFor(withAllRecompute(smallRun(4, 3)));
        QCOMPARE(verdictAt(withAllRecompute(config), capacity), Verdict::DoesNotFit);

        std::vector<std::pair<int, int>> batches;
        for (const Fit& fit : fitsAt(config, capacity)) {
            batches.emplace_back(fit.config.training.batchSize,
                                 fit.config.training.gradientAccumulationSteps);
            QCOMPARE(fit.config.audio.segmentLength, 4.0);
        }
        QVERIFY(batches == (std::vector<std::pair<int, int>>{{4, 3}, {3, 4}, {2, 6}}));
    }

    void shortensSegmentsAfterBatches() {
        RunConfig config = smallRun(2, 1);
        config.audio.segmentLength = 8;
        RunConfig oneSegment = smallRun(1, 2);
        oneSegment.audio.segmentLength = 8;
        const std::int64_t capacity = capacityFor(withAllRecompute(smallRun(1, 2)));
        QCOMPARE(verdictAt(withAllRecompute(oneSegment), capacity), Verdict::DoesNotFit);

        std::vector<double> seconds;
        for (const Fit& fit : fitsAt(config, capacity)) {
            seconds.push_back(fit.config.audio.segmentLength);
            QCOMPARE(fit.config.training.batchSize, 1);
            QCOMPARE(fit.config.model.hiddenDim, 64);
            QCOMPARE(fit.config.model.numLayers, 3);
        }
        QCOMPARE(seconds, (std::vector<double>{4, 2, 1}));
    }

    void shrinksModelLast() {
        RunConfig config = smallRun(1, 1);
        config.audio.segmentLength = 1;
        RunConfig sufficient = config;
        sufficient.model.numLayers = 2;
        config.model.hiddenDim = 128;
        const std::int64_t capacity = capacityFor(withAllRecompute(sufficient));
        QCOMPARE(verdictAt(withAllRecompute(config), capacity), Verdict::DoesNotFit);

        const std::vector<Fit> fits = fitsAt(config, capacity);
        QVERIFY(!fits.empty());
        QCOMPARE(fits.front().config.model.hiddenDim, 64);
        QCOMPARE(fits.front().config.model.numLayers, 2);
        QCOMPARE(fits.front().config.audio.segmentLength, 1.0);
    }

    void isEmptyIfNothingFits() { QVERIFY(fitsAt(smallRun(2, 1), 1).empty()); }

    void returnsNothingIfStopped() {
        std::stop_source stop;
        stop.request_stop();
        QVERIFY(!searchFits(request(smallRun(2, 1), 1), stop.get_token()));
    }
};

HEADROOM_TEST_MAIN(TestFitSearch)
#include "tst_fit_search.moc"
