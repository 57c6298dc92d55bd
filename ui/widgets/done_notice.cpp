// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/widgets/done_notice.h"

#include <QApplication>
#include <QSystemTrayIcon>
#include <QTimer>
#include <QWidget>

namespace headroom::ui {

void notifyDone(QWidget& window, const QString& title, const QString& text) {
    if (window.isActiveWindow())
        return;
    QApplication::alert(&window);
    if (!QSystemTrayIcon::isSystemTrayAvailable() || !QSystemTrayIcon::supportsMessages())
        return;
    constexpr int shownMs = 15000;
    auto* tray = new QSystemTrayIcon(QApplication::windowIcon(), &window);
    tray->show();
    tray->showMessage(title, text, QSystemTrayIcon::Information, shownMs);
    QObject::connect(tray, &QSystemTrayIcon::messageClicked, &window, [&window] {
        window.showNormal();
        window.activateWindow();
    });
    QTimer::singleShot(shownMs, tray, &QObject::deleteLater);
}

} // namespace headroom::ui
