#pragma once

#include <QCoreApplication>
#include <QRegularExpression>
#include <QTest>

#if defined(__SANITIZE_THREAD__)
/// Qt Test runs a watchdog thread; Qt is not built for the thread sanitizer, which so cannot see that its
/// memory is guarded. Accesses from our own code are all checked.
extern "C" const char* __tsan_default_options() {
    return "ignore_noninstrumented_modules=1";
}
#endif

/// main() of a test program that fails on any warning the code under test logs through Qt.
#define HEADROOM_TEST_MAIN(TestClass)                                                                        \
    int main(int argc, char** argv) {                                                                        \
        QCoreApplication application(argc, argv);                                                            \
        TestClass test;                                                                                      \
        return QTest::qExec(&test, argc, argv);                                                              \
    }
