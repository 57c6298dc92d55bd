// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/text/memory_text.h"

#include "core/support/bytes.h"

#include <QCoreApplication>

namespace headroom::ui {
namespace {

QString translated(const char* text) {
    return QCoreApplication::translate("Memory", text);
}

} // namespace

double gib(std::int64_t bytes) {
    return static_cast<double>(bytes) / static_cast<double>(bytesPerGiB);
}

QString gibNumber(std::int64_t bytes, int decimals) {
    return QString::number(gib(bytes), 'f', decimals);
}

QString bytesText(std::int64_t bytes) {
    return QString::fromStdString(formatBytes(static_cast<std::uint64_t>(std::max<std::int64_t>(bytes, 0))));
}

QString longestBytesText() {
    return bytesText(std::int64_t{100} << 30);
}

QString verdictText(Verdict verdict) {
    switch (verdict) {
    case Verdict::Fits:
        return translated(QT_TRANSLATE_NOOP("Memory", "fits"));
    case Verdict::Tight:
        return translated(QT_TRANSLATE_NOOP("Memory", "tight"));
    case Verdict::DoesNotFit:
        break;
    }
    return translated(QT_TRANSLATE_NOOP("Memory", "does not fit"));
}

QString verdictIcon(Verdict verdict) {
    switch (verdict) {
    case Verdict::Fits:
        return QStringLiteral("fits");
    case Verdict::Tight:
        return QStringLiteral("tight");
    case Verdict::DoesNotFit:
        break;
    }
    return QStringLiteral("misfit");
}

QString memoryPartTitle(MemoryPart part) {
    switch (part) {
    case MemoryPart::Workspaces:
        return translated(QT_TRANSLATE_NOOP("Memory", "Workspaces"));
    case MemoryPart::Parameters:
        return translated(QT_TRANSLATE_NOOP("Memory", "Weights"));
    case MemoryPart::Ema:
        return translated(QT_TRANSLATE_NOOP("Memory", "EMA weights"));
    case MemoryPart::Gradients:
        return translated(QT_TRANSLATE_NOOP("Memory", "Gradients"));
    case MemoryPart::OptimizerState:
        return translated(QT_TRANSLATE_NOOP("Memory", "Optimizer state"));
    case MemoryPart::Batch:
        return translated(QT_TRANSLATE_NOOP("Memory", "Batch"));
    case MemoryPart::SavedActivations:
        return translated(QT_TRANSLATE_NOOP("Memory", "Saved for backward"));
    case MemoryPart::Temporaries:
        break;
    }
    return translated(QT_TRANSLATE_NOOP("Memory", "Temporary tensors"));
}

} // namespace headroom::ui
