// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/kernels/cuda/nvrtc.h"
#include "core/support/error.h"
#include "tests/support/strict_main.h"

#include <optional>

using namespace headroom;

class TestNvrtc : public QObject {
    Q_OBJECT

    std::optional<Nvrtc> nvrtc_;

    /// Compiles a kernel with these statements.
    std::string compile(const std::string& statements, const std::vector<std::string>& options) const {
        const EmbeddedFile header{"lib/twice.cuh",
                                  "__device__ inline float twice(float x) { return 2 * x; }\n"};
        const EmbeddedFile source{"double.cu", "#include \"lib/twice.cuh\"\n"
                                               "extern \"C\" __global__ void doubleAll(float* x) {\n" +
                                                   statements + "\n}\n"};
        return nvrtc_->compile(source, {header}, options);
    }

private Q_SLOTS:
    void initTestCase() {
        try {
            nvrtc_.emplace(nvrtcLibraries());
        } catch (const Error& error) {
            QSKIP(error.what());
        }
    }

    void compilesForEveryGeneration_data() {
        QTest::addColumn<QString>("architecture");
        for (const char* architecture : {"sm_80", "sm_86", "sm_89", "sm_90", "sm_100", "sm_120"})
            QTest::newRow(architecture) << architecture;
    }

    void compilesForEveryGeneration() {
        QFETCH(QString, architecture);
        const std::string cubin = compile(
            "x[threadIdx.x] = twice(x[threadIdx.x]) + OFFSET;",
            {"--gpu-architecture=" + architecture.toStdString(), "--std=c++20", "--define-macro=OFFSET=3"});
        QVERIFY(cubin.starts_with("\x7f"
                                  "ELF"));
        QVERIFY(cubin.find("doubleAll") != std::string::npos);
    }

    void errorsContainTheCompilersMessages() {
        try {
            compile("x[0] = unheardOf;", {"--gpu-architecture=sm_80"});
            QFAIL("it was compiled");
        } catch (const Error& error) {
            const QString message = QString::fromStdString(error.message());
            QVERIFY2(message.startsWith("double.cu: "), qPrintable(message));
            QVERIFY2(message.contains("double.cu(3)"), qPrintable(message));
            QVERIFY2(message.contains("unheardOf"), qPrintable(message));
        }
    }

    void reportsUnknownArchitectures() {
        QVERIFY_THROWS_EXCEPTION(Error, compile("x[0] = 0;", {"--gpu-architecture=sm_999"}));
    }

    /// Code runs on later cards of the same generation, not on those of another one.
    void choosesAnArchitectureOfTheSameGeneration() {
        QCOMPARE(nvrtc_->architectureFor(86), 86);
        QCOMPARE(nvrtc_->architectureFor(120), 120);
        QCOMPARE(nvrtc_->architectureFor(85), 80);
        QCOMPARE(nvrtc_->architectureFor(61), 0);
        QCOMPARE(nvrtc_->architectureFor(990), 0);
    }

    void reportsAMissingLibrary() {
        try {
            const Nvrtc missing({"/nowhere/libnvrtc.so.13"});
            QFAIL("it was found");
        } catch (const Error& error) {
            QCOMPARE(error.what(), "NVRTC, the compiler of CUDA kernels, was not found");
            QVERIFY(!error.remedy().empty());
        }
    }

    void reportsAnotherLibrary() {
        try {
            const Nvrtc wrong({"libc.so.6"});
            QFAIL("it was accepted");
        } catch (const Error& error) {
            QCOMPARE(error.what(), "NVRTC has no function nvrtcCreateProgram");
        }
    }
};

HEADROOM_TEST_MAIN(TestNvrtc)
#include "tst_nvrtc.moc"
