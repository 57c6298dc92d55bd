// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/kernels/cuda/kernel_compiler.h"
#include "core/kernels/cuda/kernel_sources.h"
#include "core/support/error.h"
#include "tests/core/kernels/cuda/cubin_resources.h"
#include "tests/support/strict_main.h"

#include <QElapsedTimer>

#include <algorithm>

using namespace headroom;

namespace {

using Macros = std::vector<std::pair<std::string, std::int64_t>>;

/// The most that a kernel may take, for all cards and macros.
struct Limit {
    const char* source;
    const char* function;
    int registers;   ///< of a thread; a multiprocessor has 65,536
    int sharedBytes; ///< of a block, without the dynamic ones
};

constexpr Limit limits[] = {
    {"band_mask", "bandMaskBackward", 40, 0},         {"band_mask", "bandMaskForward", 40, 0},
    {"chunk_edges", "addChunkEdges", 40, 0},          {"convolution", "convolveForward", 128, 0},
    {"convolution", "convolveBackward", 229, 21504},  {"gated_norm", "gatedNormForward", 48, 1152},
    {"gated_norm", "gatedNormBackward", 64, 1280},    {"side_sum", "sumOfSides", 40, 0},
    {"normalize_rows", "normalizeRows", 48, 1152},    {"normalize_rows", "normalizeRowsBackward", 56, 1152},
    {"scan_backward", "scanBackward", 255, 1024},     {"scan_forward", "scanForward", 255, 1024},
    {"scan_states", "scanStateGradients", 177, 1024}, {"spectral_loss", "addFrames", 40, 0},
    {"spectral_loss", "sumModuli", 32, 1056},         {"sum_shares", "sumShares", 32, 3072},
    {"tensor_table", "averageTensors", 32, 0},        {"tensor_table", "limitTensors", 24, 0},
    {"tensor_table", "sumSquares", 24, 1056},         {"time_steps", "timeStepsBackward", 40, 2048},
    {"time_steps", "timeStepsForward", 24, 0},        {"transfer", "transferBackward", 128, 10240},
    {"transfer", "transferForward", 48, 0},
};

/// Compute capabilities of the generations that have bf16, times ten.
constexpr int capabilities[] = {80, 86, 89, 90, 100, 120};

/// Compiling takes minutes. The compiler treats 8.x alike, and 10.0 and 12.0: one of them gets all sizes, the
/// others the largest.
bool triesAllSizes(int capability) {
    return capability == 86 || capability == 90 || capability == 120;
}

/// The sizes that a source is compiled for, the largest first.
std::vector<Macros> variantsOf(const std::string& source, int capability) {
    std::vector<Macros> variants;
    if (source.starts_with("scan_")) {
        for (const int headdim : {64, 32})
            for (const int state : {128, 64, 32, 16})
                variants.push_back({{"HEADDIM", headdim}, {"STATE", state}});
    } else if (source == "convolution") {
        for (const int isFloat : {0, 1})
            for (const int taps : {4, 3, 2, 1})
                variants.push_back({{"FLOAT32", isFloat}, {"TAPS", taps}});
    } else if (source == "band_mask" || source == "gated_norm" || source == "normalize_rows" ||
               source == "time_steps" || source == "transfer") {
        for (const int isFloat : {0, 1})
            variants.push_back({{"FLOAT32", isFloat}});
    } else {
        variants.emplace_back();
    }
    if (!triesAllSizes(capability))
        variants.resize(1);
    return variants;
}

std::string nameOf(const EmbeddedFile& file) {
    const auto slash = file.path.rfind('/');
    return file.path.substr(slash + 1, file.path.size() - slash - 1 - std::string(".cu").size());
}

std::vector<std::string> sources() {
    std::vector<std::string> names;
    for (const EmbeddedFile& file : embeddedFiles())
        if (file.path.ends_with(".cu"))
            names.push_back(nameOf(file));
    return names;
}

const Limit* limitOf(const std::string& source, const std::string& function) {
    const auto* found = std::find_if(std::begin(limits), std::end(limits), [&](const Limit& limit) {
        return source == limit.source && function == limit.function;
    });
    return found == std::end(limits) ? nullptr : found;
}

} // namespace

/// Every kernel, compiled for every generation of cards by the NVRTC of LibTorch.
class TestKernelCompilation : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() {
        try {
            architectureFor(capabilities[0]);
        } catch (const Error& error) {
            QSKIP(error.what());
        }
    }

    void compiles_data() {
        QTest::addColumn<int>("capability");
        for (const int capability : capabilities)
            QTest::addRow("%d.%d", capability / 10, capability % 10) << capability;
    }

    void compiles() {
        QFETCH(int, capability);
        QElapsedTimer timer;
        timer.start();
        for (const std::string& source : sources())
            for (const Macros& macros : variantsOf(source, capability))
                check(source, macros, capability);
        qInfo("all sources and sizes: %lld ms, less if some were in the cache", timer.elapsed());
    }

    /// With a limit far above what a kernel takes, its growth would go unnoticed.
    void limitsAreTight() {
        for (const Limit& limit : limits) {
            int most = 0;
            for (const int capability : capabilities)
                for (const Macros& macros : variantsOf(limit.source, capability))
                    most = std::max(
                        most, resourcesOf(limit.source, macros, capability).at(limit.function).registers);
            QVERIFY2(limit.registers - most < 8,
                     qPrintable(QStringLiteral("%1 takes %2").arg(limit.function).arg(most)));
        }
    }

private:
    static std::map<std::string, test::KernelResources> resourcesOf(const std::string& source,
                                                                    const Macros& macros, int capability) {
        return test::CubinReader(machineCode({source.c_str(), "", macros}, capability)).resources();
    }

    static void check(const std::string& source, const Macros& macros, int capability) {
        for (const auto& [function, resources] : resourcesOf(source, macros, capability)) {
            if (resources.registers == 0)
                continue; // not a kernel
            const Limit* limit = limitOf(source, function);
            QVERIFY2(limit != nullptr, function.c_str());
            const QString what =
                QStringLiteral("%1: %2 registers, %3 bytes of local memory, %4 of shared memory")
                    .arg(function.c_str())
                    .arg(resources.registers)
                    .arg(resources.localBytes)
                    .arg(resources.sharedBytes);
            QVERIFY2(resources.localBytes == 0, qPrintable(what));
            QVERIFY2(resources.registers <= limit->registers, qPrintable(what));
            QVERIFY2(resources.sharedBytes <= limit->sharedBytes, qPrintable(what));
        }
    }
};

HEADROOM_TEST_MAIN(TestKernelCompilation)
#include "tst_kernel_compilation.moc"
