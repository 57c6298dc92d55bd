// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/support/error.h"

#include <QByteArray>
#include <QFile>
#include <QTest>

#include <filesystem>
#include <functional>
#include <string>

namespace headroom::test {

inline void writeBytes(const std::filesystem::path& path, const QByteArray& bytes) {
    QFile file(QString::fromStdString(path.string()));
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(bytes), bytes.size());
}

inline QByteArray readBytes(const std::filesystem::path& path) {
    QFile file(QString::fromStdString(path.string()));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/// Truncates the file to this share of its length.
inline void truncate(const std::filesystem::path& path, double share) {
    const auto size = static_cast<double>(std::filesystem::file_size(path));
    std::filesystem::resize_file(path, static_cast<std::uintmax_t>(size * share));
}

/// Gives a WAV file the header that programs write into a pipe: without a length.
inline void removeLength(const std::filesystem::path& wav) {
    QByteArray bytes = readBytes(wav);
    const auto data = bytes.indexOf("data");
    QVERIFY(data > 0);
    bytes.replace(data + 4, 4, QByteArray(4, '\xFF'));
    writeBytes(wav, bytes);
}

/// The message of the Error that `act` throws; empty if it throws none.
inline std::string errorOf(const std::function<void()>& act) {
    try {
        act();
    } catch (const Error& error) {
        return error.message();
    }
    return {};
}

/// The message of the Error of kind Input that `act` throws; empty if it throws none.
inline std::string inputErrorOf(const std::function<void()>& act) {
    try {
        act();
    } catch (const Error& error) {
        return error.kind() == ErrorKind::Input ? error.message() : "not an input error";
    }
    return {};
}

} // namespace headroom::test
