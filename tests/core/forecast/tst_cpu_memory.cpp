#include "core/config/config_file.h"
#include "core/forecast/step_recording.h"
#include "core/memory/cards.h"
#include "core/memory/replay.h"
#include "core/probe/counting_allocator.h"
#include "core/train/train_step.h"
#include "tests/support/step_setting.h"
#include "tests/support/strict_main.h"

#include <ATen/ATen.h>
#include <ATen/Parallel.h>
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

using namespace headroom;

namespace {

at::Tensor noise(const RunConfig& config, std::vector<std::int64_t> shape, std::vector<float>& numbers) {
    shape.push_back(std::llround(config.audio.segmentLength * config.audio.sampleRate));
    std::int64_t count = 1;
    for (const std::int64_t size : shape)
        count *= size;
    numbers.assign(static_cast<std::size_t>(count), 0.125F);
    return at::from_blob(numbers.data(), shape, at::kFloat);
}

/// The peak of two updates on the CPU, as its allocator counts.
std::int64_t measuredPeak(const RunConfig& config, ScanForm scan) {
    const ScanFormGuard guard(scan);
    const int stems = static_cast<int>(config.data.targets.size());
    std::vector<float> mixed;
    std::vector<float> separate;
    const at::Tensor mixture = noise(config, {config.training.batchSize, config.audio.channels}, mixed);
    const at::Tensor targets =
        noise(config, {config.training.batchSize, stems, config.audio.channels}, separate);
    const std::int64_t before = takeCountedBytes().allocated;
    TrainStep step(config, at::kCPU);
    const int steps = config.training.gradientAccumulationSteps;
    for (int update = 0; update < 2; ++update) {
        for (int i = 0; i < steps; ++i)
            step.forwardBackward(mixture, targets, 1.0 / steps);
        step.update(1e-4);
    }
    return takeCountedBytes().peak - before;
}

std::int64_t forecastPeak(const RunConfig& config, ScanForm scan) {
    const Recording recording = recordTraining(config, cpuCard(), scan);
    return replay(recording.stream,
                  {.capacity = std::numeric_limits<std::int64_t>::max() / 2, .caching = false})
        .statistics.allocatedPeak;
}

} // namespace

/// A forecast for the CPU against what the CPU's allocator really gives.
class TestCpuMemory : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() {
        at::set_num_threads(1);
        countCpuTensors();
    }

    void peaksAreThoseOfTheAllocator() {
        constexpr int settings = 30;
        const std::uint64_t seed = test::chosenSeed();
        std::vector<double> errors;
        for (int i = 0; i < settings; ++i) {
            const RunConfig config =
                test::drawStepSetting(seed + static_cast<std::uint64_t>(i), test::StepSize::Small);
            // In bf16 the CPU's products copy operands with gaps, which only the operators' form has.
            const bool byOperators = i % 3 == 0 && config.training.precision == Precision::Fp32;
            const ScanForm scan = byOperators ? ScanForm::Operators : ScanForm::Kernels;
            const auto measured = static_cast<double>(measuredPeak(config, scan));
            const double error = (static_cast<double>(forecastPeak(config, scan)) - measured) / measured;
            errors.push_back(std::abs(error));
            fmt::print("{:>3}: {:>12} bytes, off by {:+.4f} %\n", i, measured, 100 * error);
            QVERIFY2(std::abs(error) <= 0.005, dumpConfig(config).c_str());
        }
        std::sort(errors.begin(), errors.end());
        fmt::print("median {:.4f} %\n", 100 * errors[errors.size() / 2]);
        QVERIFY(errors[errors.size() / 2] <= 0.0005);
    }
};

HEADROOM_TEST_MAIN(TestCpuMemory)
#include "tst_cpu_memory.moc"
