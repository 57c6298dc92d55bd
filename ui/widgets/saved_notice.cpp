// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/widgets/saved_notice.h"

#include "ui/accessibility/announcer.h"

#include <QDir>

#include <chrono>

namespace headroom::ui {

SavedNotice::SavedNotice(QWidget* parent) : ElidedLabel(parent) {
    using namespace std::chrono_literals;
    setProperty("second", true);
    hideTimer_.setSingleShot(true);
    hideTimer_.setInterval(20s);
    connect(&hideTimer_, &QTimer::timeout, this, &QWidget::hide);
    hide(); // so that the others of its row have its place
}

void SavedNotice::showSaved(const QString& path, const QString& note) {
    setText((tr("Saved to %1.").arg(QDir::toNativeSeparators(path)) + QLatin1Char(' ') + note).trimmed());
    show();
    announce(*this, text());
    hideTimer_.start();
}

} // namespace headroom::ui
