// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/support/strict_ui_main.h"
#include "ui/theme/icon.h"
#include "ui/theme/theme.h"

#include <QImage>

using namespace headroom::ui;

namespace {

QPixmap lock(const QColor& color, int size = 16, double pixelRatio = 1) {
    return iconPixmap(QStringLiteral("lock"), color, size, pixelRatio);
}

} // namespace

class TestIcon : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void cachesRenderedIcons() {
        const QPixmap first = lock(Qt::red);
        QVERIFY(!first.toImage().isNull());
        QCOMPARE(lock(Qt::red).cacheKey(), first.cacheKey());
    }

    void dependsOnColorSizeAndName() {
        const QImage red = lock(Qt::red).toImage();
        QVERIFY(lock(Qt::blue).toImage() != red);
        QVERIFY(lock(Qt::red, 24).toImage() != red);
        QVERIFY(iconPixmap(QStringLiteral("unlock"), Qt::red, 16, 1).toImage() != red);
        const QPixmap sharp = lock(Qt::red, 16, 2);
        QCOMPARE(sharp.size(), QSize(32, 32));
        QCOMPARE(sharp.deviceIndependentSize(), QSizeF(16, 16));
        QCOMPARE(lock(Qt::red, 32).devicePixelRatio(), 1.0); // same pixel size, other ratio
    }

    void followsTheTheme() {
        Theme theme(Theme::Mode::Dark);
        const QIcon icon = themeIcon(QStringLiteral("lock"));
        const QImage dark = icon.pixmap(QSize(16, 16)).toImage();
        theme.setMode(Theme::Mode::Light);
        QVERIFY(icon.pixmap(QSize(16, 16)).toImage() != dark);
        QVERIFY(icon.pixmap(QSize(16, 16), QIcon::Disabled).toImage() !=
                icon.pixmap(QSize(16, 16)).toImage());
    }
};

HEADROOM_UI_TEST_MAIN(TestIcon)
#include "tst_icon.moc"
