// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "tests/support/strict_run.h"

#include <QCoreApplication>
#include <QTest>

#if defined(__SANITIZE_THREAD__)
/// Qt Test has a watchdog thread, and Qt is not built for the thread sanitizer, which would report its locks
/// as races. Accesses from our own code are all checked.
extern "C" const char* __tsan_default_options() {
    return "ignore_noninstrumented_modules=1";
}
#endif

/// main() of a test program. An unexpected warning of Qt fails the test function that causes it.
#define HEADROOM_TEST_MAIN(TestClass)                                                                        \
    int main(int argc, char** argv) {                                                                        \
        QCoreApplication application(argc, argv);                                                            \
        TestClass test;                                                                                      \
        return headroom::test::runStrictly(test, argc, argv);                                                \
    }
