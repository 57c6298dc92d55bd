// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

class QObject;

namespace headroom::test {

/// Runs a test object as QTest::qExec() does. In addition, every warning or critical message that Qt receives
/// fails the current test function, unless QTest::ignoreMessage() expects it or it is a known message of the
/// platform that the tests run on.
/// @return the number of failures, for main() to return
int runStrictly(QObject& test, int argc, char** argv);

} // namespace headroom::test
