// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/support/scripted_forecast_service.h"
#include "tests/support/strict_ui_main.h"
#include "ui/configuration/config_model.h"
#include "ui/memory/capacity_dialog.h"
#include "ui/memory/card_box.h"
#include "ui/memory/forecast_model.h"
#include "ui/theme/theme.h"
#include "ui/widgets/number_box.h"

#include <QAbstractItemView>
#include <QApplication>
#include <QCompleter>
#include <QLineEdit>
#include <QTimer>

using namespace headroom;
using namespace headroom::ui;

namespace {

struct Fixture {
    Theme theme{Theme::Mode::Dark};
    ConfigModel config;
    std::unique_ptr<ForecastModel> forecast;
    std::unique_ptr<CardBox> box;

    Fixture() {
        auto service = std::make_unique<test::ScriptedForecastService>();
        service->prompt = true;
        forecast = std::make_unique<ForecastModel>(std::move(service), config);
        box = std::make_unique<CardBox>(*forecast);
        box->show();
        box->activateWindow();
        box->setFocus();
    }
    QStringList found() const {
        QStringList rows;
        const QAbstractItemModel& model = *box->completer()->completionModel();
        for (int row = 0; row < model.rowCount(); ++row)
            rows << model.index(row, 0).data().toString();
        return rows;
    }
    void type(const char* text) {
        box->lineEdit()->selectAll();
        QTest::keyClicks(box->lineEdit(), QString::fromLatin1(text));
    }
    std::string card() const { return forecast->card().name; }
};

} // namespace

class TestCardBox : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void showsCapacitiesWithoutNeedlessDecimals() {
        const Fixture f;
        QCOMPARE(f.box->itemText(1), QStringLiteral("RTX 4060, 8 GiB"));
        QCOMPARE(f.box->itemText(f.box->count() - 1), QStringLiteral("Other…"));
    }

    void typingFindsCardsByAllWords() {
        Fixture f;
        f.type("40 gib");
        QCOMPARE(f.found(), QStringList({f.box->itemText(1), f.box->itemText(2), "Other…"}));
        f.type("8 4060");
        QCOMPARE(f.found(), QStringList({f.box->itemText(1), "Other…"}));
        f.type("laptop");
        QCOMPARE(f.found(), QStringList({"Other…"}));
    }

    void returnSelectsTheOnlyMatch() {
        Fixture f;
        f.type("4090");
        QTest::keyClick(f.box->lineEdit(), Qt::Key_Return);
        QCOMPARE(f.card(), std::string("RTX 4090"));
        QTRY_COMPARE(f.box->lineEdit()->text(), f.box->itemText(2));
    }

    void theKeyboardSelectsFromTheMatches() {
        Fixture f;
        f.type("40");
        QTRY_VERIFY(f.box->completer()->popup()->isVisible());
        QTest::keyClick(f.box->completer()->popup(), Qt::Key_Down);
        QTest::keyClick(f.box->completer()->popup(), Qt::Key_Down);
        QTest::keyClick(f.box->completer()->popup(), Qt::Key_Return);
        QCOMPARE(f.card(), std::string("RTX 4090"));
    }

    void escapeAndUnknownTextRestoreTheCard() {
        Fixture f;
        const QString before = f.box->lineEdit()->text();
        f.type("40");
        f.box->completer()->popup()->hide();
        QTest::keyClick(f.box->lineEdit(), Qt::Key_Escape);
        QCOMPARE(f.box->lineEdit()->text(), before);
        f.type("laptop");
        f.box->completer()->popup()->hide();
        QTest::keyClick(f.box->lineEdit(), Qt::Key_Return);
        QTRY_COMPARE(f.box->lineEdit()->text(), before);
        QCOMPARE(f.card(), std::string("RTX 4060"));
    }

    void anotherAmountOfMemoryCanBeChosen() {
        Fixture f;
        bool asked = false;
        QTimer::singleShot(0, f.box.get(), [&asked, box = f.box.get()] {
            QTimer::singleShot(0, box, [&asked] {
                auto* dialog = qobject_cast<CapacityDialog*>(QApplication::activeModalWidget());
                if (dialog == nullptr)
                    return;
                dialog->findChild<NumberBox*>()->setValue(7.5);
                asked = true;
                dialog->accept();
            });
        });
        Q_EMIT f.box->activated(f.box->count() - 1);
        QTRY_VERIFY(asked);
        QTRY_COMPARE(f.forecast->card().capacity, std::int64_t{15} << 29);
        QCOMPARE(f.box->currentText(), QStringLiteral("Other: 7.5 GiB, like RTX 4060"));
        QVERIFY(!f.forecast->isLocalCard());
        f.forecast->setOtherCapacity(std::int64_t{10} << 30); // replaces it
        QCOMPARE(f.box->count(), 5);
        QCOMPARE(f.box->currentText(), QStringLiteral("Other: 10 GiB, like RTX 4060"));
        f.forecast->setCard(2);
        QCOMPARE(f.box->currentText(), f.box->itemText(2));
    }
};

HEADROOM_UI_TEST_MAIN(TestCardBox)
#include "tst_card_box.moc"
