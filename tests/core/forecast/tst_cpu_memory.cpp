// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/config/config_file.h"
#include "core/data/segment_lengths.h"
#include "tests/core/forecast/cpu_peak.h"
#include "tests/support/chosen_seed.h"
#include "tests/support/step_config.h"
#include "tests/support/strict_main.h"

#include <ATen/Context.h>
#include <ATen/Parallel.h>
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>
#include <vector>

using namespace headroom;

/// Compares forecasts for the CPU with the peaks of the CPU's allocator.
class TestCpuMemory : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() {
        at::set_num_threads(1);
        // Its bf16 products allocate scratch of up to 80 kB, which the forecast does not include.
        at::globalContext().setUserEnabledMkldnn(false);
        countCpuTensors();
    }

    void forecastsMatchAllocatorPeaks() {
        constexpr int configs = 30;
        const std::uint64_t seed = test::chosenSeed();
        std::vector<double> errors;
        for (int i = 0; i < configs; ++i) {
            const RunConfig config =
                test::drawStepConfig(seed + static_cast<std::uint64_t>(i), test::StepSize::Small);
            // In bf16 the CPU's products copy strided operands, which only ScanForm::Operators has.
            const bool byOperators = i % 3 == 0 && config.training.precision == Precision::Fp32;
            const ScanForm scan = byOperators ? ScanForm::Operators : ScanForm::CpuKernels;
            const auto measured = static_cast<double>(test::measuredCpuPeak(config, scan));
            const double error =
                (static_cast<double>(test::forecastCpuPeak(config, scan)) - measured) / measured;
            errors.push_back(std::abs(error));
            fmt::print("{:>3}: {:>12} bytes, off by {:+.4f} %\n", i, measured, 100 * error);
            QVERIFY2(std::abs(error) <= 0.005, dumpConfig(config).c_str());
        }
        std::sort(errors.begin(), errors.end());
        fmt::print("median {:.4f} %\n", 100 * errors[errors.size() / 2]);
        QVERIFY(errors[errors.size() / 2] <= 0.0005);
    }

    void roformerForecastsMatchAllocatorPeaks() {
        constexpr std::uint64_t configs = 12;
        const std::uint64_t seed = test::chosenSeed();
        for (std::uint64_t i = 0; i < configs; ++i) {
            RunConfig config = test::drawRoformerConfig(seed + i, test::StepSize::Small);
            if (i % 4 == 0) { // dropout in bf16 multiplies tensors of two types
                config.training.precision = Precision::Bf16;
                config.model.attnDropout = 0.1;
                config.model.ffDropout = 0.1;
            }
            const auto measured = static_cast<double>(test::measuredCpuPeak(config));
            const double error = (static_cast<double>(test::forecastCpuPeak(config)) - measured) / measured;
            fmt::print("{:>3}: {:>12} bytes, off by {:+.4f} %\n", i, measured, 100 * error);
            QVERIFY2(std::abs(error) <= 0.005, dumpConfig(config).c_str());
        }
    }

    void fineTuningForecastsMatchAllocatorPeaks() {
        constexpr std::uint64_t configs = 24;
        const std::uint64_t seed = test::chosenSeed();
        for (std::uint64_t i = 0; i < configs; ++i) {
            const RunConfig config = test::drawFineTuningConfig(seed + i, test::StepSize::Small);
            const auto measured = static_cast<double>(test::measuredCpuPeak(config));
            const double error = (static_cast<double>(test::forecastCpuPeak(config)) - measured) / measured;
            fmt::print("{:>3}: {:>12} bytes, off by {:+.4f} %\n", i, measured, 100 * error);
            QVERIFY2(std::abs(error) <= 0.005, dumpConfig(config).c_str());
        }
    }

    /// The longest of random lengths needs most, whatever was before it.
    void randomLengthsNeedWhatTheLongestNeeds() {
        RunConfig config = test::drawStepConfig(3, test::StepSize::Small);
        config.training.precision = Precision::Fp32;
        config.training.batchSize = 2;
        config.audio.segmentShortening = 0.5;
        const SegmentLengths lengths(config);
        const std::int64_t stems = std::ssize(config.data.targets);
        const std::int64_t channels = config.audio.channels;
        std::vector<float> numbers(static_cast<std::size_t>(2 * stems * channels * lengths.longest()),
                                   0.125F);
        const auto batch = [&](std::vector<std::int64_t> shape) {
            return at::from_blob(numbers.data(), shape, at::kFloat);
        };
        const ScanFormGuard guard(ScanForm::CpuKernels);
        const std::int64_t before = takeCountedBytes().allocated;
        TrainStep step(config, at::kCPU);
        StepResults results(at::kCPU);
        std::set<std::int64_t> seen;
        const int group = config.training.gradientAccumulationSteps;
        for (std::int64_t example = 0; seen.size() < 4 || !seen.contains(lengths.longest());) {
            for (int i = 0; i < group; ++i, example += 2) {
                const std::int64_t frames = lengths.of(example);
                seen.insert(frames);
                results.setLoss(step.forwardBackward(batch({2, channels, frames}),
                                                     batch({2, stems, channels, frames}), 1.0 / group));
            }
            results.setUpdate(step.update(1e-4));
        }
        const auto measured = static_cast<double>(takeCountedBytes().peak - before);
        const auto expected = static_cast<double>(test::forecastCpuPeak(config, ScanForm::CpuKernels));
        fmt::print("{:.0f} bytes, off by {:+.4f} %\n", measured, 100 * (expected - measured) / measured);
        QVERIFY(std::abs(expected - measured) <= 0.005 * measured);
    }

    /// By what has no gradient, optimizer state and EMA.
    void frozenParametersSaveTheirState() {
        RunConfig config = test::drawStepConfig(1, test::StepSize::Small);
        config.training.optimizer = OptimizerKind::AdamW;
        config.training.emaDecay = 0.999;
        const auto partOf = [](const RunConfig& configuration, MemoryPart part) {
            const Recording recording = recordSteps(configuration, cpuCard());
            const Replay played =
                replay(recording.stream,
                       {.capacity = std::numeric_limits<std::int64_t>::max() / 2, .caching = false});
            return played.parts[static_cast<std::size_t>(part)];
        };
        for (const MemoryPart part : {MemoryPart::OptimizerState, MemoryPart::Ema}) {
            const auto whole = partOf(config, part);
            RunConfig adapted = config;
            adapted.training.loraRank = 1;
            RunConfig frozen = config;
            frozen.training.freeze = {"band_split", "layers", "final_norm"};
            QVERIFY(partOf(adapted, part) < whole / 4);
            QVERIFY(partOf(frozen, part) < whole);
        }
        RunConfig adapted = config;
        adapted.training.loraRank = 1;
        QVERIFY(partOf(adapted, MemoryPart::Parameters) > partOf(config, MemoryPart::Parameters));
        QVERIFY(test::forecastCpuPeak(adapted) < test::forecastCpuPeak(config));
    }
};

HEADROOM_TEST_MAIN(TestCpuMemory)
#include "tst_cpu_memory.moc"
