// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QFileInfo>
#include <QProcess>
#include <QString>
#include <QStringList>

/// The Python of the virtual environment that LibTorch's wheel is installed in.
namespace headroom::test {

inline QString torchPython() {
    return QStringLiteral(HEADROOM_TORCH_PYTHON);
}

inline bool hasTorchPython() {
    return QFileInfo(torchPython()).isExecutable();
}

/// Runs it. Returns what it printed, also to standard error; empty if it failed to start.
inline QString runTorchPython(const QStringList& arguments) {
    constexpr int longestMs = 300'000; // only a hanging program takes so long
    QProcess python;
    python.setProcessChannelMode(QProcess::MergedChannels);
    python.start(torchPython(), arguments);
    python.waitForFinished(longestMs);
    return QString::fromUtf8(python.readAll());
}

} // namespace headroom::test
