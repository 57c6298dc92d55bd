// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/session/failure.h"
#include "core/session/training_loop.h"
#include "tests/support/strict_main.h"

#include <new>
#include <stdexcept>

using namespace headroom;

namespace {

template <typename Exception>
Failed failure(const Exception& exception) {
    return failureOf(std::make_exception_ptr(exception), 12);
}

} // namespace

class TestFailure : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void errorsKeepPlaceAndRemedy() {
        const Failed input = failure(Error(ErrorKind::Input, "bad", "a.yaml:3", "Fix it."));
        QCOMPARE(input.step, std::int64_t{12});
        QCOMPARE(input.category, std::string("input"));
        QCOMPARE(input.message, std::string("a.yaml:3: bad"));
        QCOMPARE(input.remedy, std::string("Fix it."));
        QCOMPARE(failure(Error(ErrorKind::Failure, "disk full")).category, std::string("failure"));
        QCOMPARE(failure(DivergedError("not finite")).category, std::string("diverged"));
    }
    void recognizesOutOfMemory() {
        QCOMPARE(failure(std::bad_alloc()).category, std::string("out_of_memory"));
        QCOMPARE(failure(OutOfMemoryError("no room", "step 3", "less")).category,
                 std::string("out_of_memory"));
        QVERIFY(!failure(OutOfMemoryError("no room")).remedy.empty());
        for (const char* text :
             {"CUDA out of memory. Tried to allocate 2.00 GiB",
              "[enforce fail at alloc_cpu.cpp:117] err == 0. DefaultCPUAllocator: can't allocate memory: you "
              "tried to allocate 16 bytes. Error code 12 (Cannot allocate memory)",
              "CUDA error: CUBLAS_STATUS_ALLOC_FAILED when calling `cublasCreate(handle)`"})
            QCOMPARE(failure(std::runtime_error(text)).category, std::string("out_of_memory"));
    }
    void hostAllocationFailureIsReadable() {
        const Failed failed = failure(std::runtime_error(
            "[enforce fail at alloc_cpu.cpp:127] err == 0. DefaultCPUAllocator: can't allocate memory: you "
            "tried to allocate 85899345920 bytes. Error code 12 (Cannot allocate memory)\n"
            "frame #0: c10::ThrowEnforceNotMet(char const*, int) + 0x54 (0x7f in libc10.so)"));
        QCOMPARE(failed.category, std::string("out_of_memory"));
        QCOMPARE(failed.message, std::string("out of memory: could not allocate 80.0 GiB"));
    }
    void removesStackTraces() {
        const Failed failed = failure(std::runtime_error(
            "shape '[2]' is invalid\nException raised from view at TensorUtils.cpp:1 (most recent call "
            "first):\n"
            "frame #0: c10::Error::Error(...) + 0x68 (0x7f in libc10.so)\nframe #1: main"));
        QCOMPARE(failed.category, std::string("internal"));
        QCOMPARE(failed.message, std::string("shape '[2]' is invalid"));
    }
    void otherExceptionsAreInternal() {
        QCOMPARE(failure(std::runtime_error("odd")).message, std::string("odd"));
        QCOMPARE(failure(42).category, std::string("internal"));
    }
};

HEADROOM_TEST_MAIN(TestFailure)
#include "tst_failure.moc"
