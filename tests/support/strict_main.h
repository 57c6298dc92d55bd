#pragma once

#include <QCoreApplication>
#include <QRegularExpression>
#include <QTest>

/// main() of a test program that fails on any warning the code under test logs through Qt.
#define HEADROOM_TEST_MAIN(TestClass)                                                                        \
    int main(int argc, char** argv) {                                                                        \
        QCoreApplication application(argc, argv);                                                            \
        TestClass test;                                                                                      \
        return QTest::qExec(&test, argc, argv);                                                              \
    }
