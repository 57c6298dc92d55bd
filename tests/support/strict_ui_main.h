// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "tests/support/strict_run.h"

#include <QApplication>
#include <QSettings>
#include <QTemporaryDir>
#include <QTest>

#include <clocale>

/// main() of a test of widgets. Sets the decimal point as the program does and keeps preferences in a
/// temporary folder. An unexpected warning of Qt fails the test function that causes it.
#define HEADROOM_UI_TEST_MAIN(TestClass)                                                                     \
    int main(int argc, char** argv) {                                                                        \
        QApplication application(argc, argv);                                                                \
        std::setlocale(LC_NUMERIC, "C");                                                                     \
        const QTemporaryDir preferences;                                                                     \
        QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, preferences.path());                  \
        TestClass test;                                                                                      \
        return headroom::test::runStrictly(test, argc, argv);                                                \
    }
