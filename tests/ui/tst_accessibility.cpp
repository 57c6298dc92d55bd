// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/config/option_table.h"
#include "tests/support/scripted_studio.h"
#include "tests/support/strict_ui_main.h"
#include "ui/runs/run_model.h"
#include "ui/theme/theme.h"
#include "ui/widgets/elided_label.h"
#include "ui/window/main_window.h"
#include "ui/window/studio.h"
#include "ui/window/training_controller.h"

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QAbstractSpinBox>
#include <QAccessible>
#include <QDir>
#include <QDoubleSpinBox>
#include <QLabel>
#include <QPushButton>
#include <QSlider>
#include <QTabBar>
#include <QToolBar>
#include <QToolButton>
#include <qcustomplot.h>

#include <algorithm>

using namespace headroom;
using namespace headroom::ui;
using test::scriptedServices;

namespace {

QString nameOf(QWidget* widget) {
    QAccessibleInterface* interface = QAccessible::queryAccessibleInterface(widget);
    return interface == nullptr ? QString() : interface->text(QAccessible::Name);
}

/// Descriptions of the focusable widgets and visible buttons missing an accessible name.
QStringList nameless(QWidget& window) {
    QStringList found;
    for (auto* widget : window.findChildren<QWidget*>()) {
        // The line edit of a spin box has the name of the box.
        const bool reached = (widget->focusPolicy() & Qt::TabFocus) != 0 && widget->isVisible() &&
                             qobject_cast<QAbstractSpinBox*>(widget->parentWidget()) == nullptr;
        const bool isButton = qobject_cast<QAbstractButton*>(widget) != nullptr && widget->isVisible();
        const bool isPlot = qobject_cast<QCustomPlot*>(widget) != nullptr && widget->isVisible();
        // The parent of a plot is its accessible widget and handles its keys.
        QWidget* read = isPlot ? widget->parentWidget() : widget;
        if ((reached || isButton || isPlot) && nameOf(read).isEmpty())
            found << QStringLiteral("%1 in %2")
                         .arg(QString::fromLatin1(read->metaObject()->className()),
                              QString::fromLatin1(read->parentWidget()->metaObject()->className()));
    }
    found.removeDuplicates();
    return found;
}

} // namespace

class TestAccessibility : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void focusableWidgetsHaveNames() {
        Theme theme(Theme::Mode::Dark);
        Studio studio(scriptedServices(), theme);
        MainWindow& window = studio.window();
        window.resize(1280, 720); // the tool bar has no room for all
        window.show();
        auto* more = window.toolBar().findChild<QToolButton*>(QStringLiteral("qt_toolbar_ext_button"));
        QVERIFY(more != nullptr && !nameOf(more).isEmpty()); // visible or not
        auto* tabs = window.findChild<QTabBar*>();
        QVERIFY(tabs->count() >= 5);
        const auto checkPages = [&] {
            for (int page = 0; page < tabs->count(); ++page) {
                tabs->setCurrentIndex(page);
                window.showConfiguration();
                QCoreApplication::processEvents();
                const QStringList missing = nameless(window);
                QVERIFY2(missing.isEmpty(), qPrintable(tabs->tabText(page) + QStringLiteral(": ") +
                                                       missing.join(QStringLiteral("; "))));
            }
        };
        checkPages();
        // The same with a data set, a song and a run.
        studio.config().set(*findOption("data.root"), QDir::tempPath().toStdString());
        studio.training()->run().startNew(QStringLiteral("/nowhere/run"));
        QTRY_VERIFY(studio.training()->run().history().step() > 3);
        checkPages();
    }

    /// With key presses, on every page, with the configuration panel open.
    void tabCyclesThroughEveryPage() {
        Theme theme(Theme::Mode::Dark);
        Studio studio(scriptedServices(), theme);
        MainWindow& window = studio.window();
        window.resize(1440, 900);
        window.show();
        QVERIFY(QTest::qWaitForWindowActive(&window));
        studio.config().set(*findOption("data.root"), QDir::tempPath().toStdString());
        auto* tabs = window.findChild<QTabBar*>();
        for (int page = 0; page < tabs->count(); ++page) {
            tabs->setCurrentIndex(page);
            window.showConfiguration();
            QCoreApplication::processEvents();
            for (auto* view : window.findChildren<QAbstractItemView*>())
                QVERIFY2(!view->tabKeyNavigation() || !view->isVisible(), qPrintable(nameOf(view)));
            tabs->setFocus(Qt::TabFocusReason);
            QSet<QWidget*> visited;
            QWidget* focus = QApplication::focusWidget();
            do {
                visited << focus;
                QTest::keyClick(focus, Qt::Key_Tab);
                QVERIFY2(QApplication::focusWidget() != focus, qPrintable(nameOf(focus)));
                focus = QApplication::focusWidget();
            } while (focus != tabs && visited.size() < 300 && !visited.contains(focus));
            QCOMPARE(focus, tabs);
        }
    }

    /// A label named "Loss" missing its value would hide the value from screen readers.
    void accessibleNamesContainTheText() {
        Theme theme(Theme::Mode::Dark);
        Studio studio(scriptedServices(), theme);
        MainWindow& window = studio.window();
        window.show();
        studio.training()->run().startNew(QStringLiteral("/nowhere/run"));
        QTRY_VERIFY(studio.training()->run().history().step() > 3);
        auto* tabs = window.findChild<QTabBar*>();
        for (int page = 0; page < tabs->count(); ++page) {
            tabs->setCurrentIndex(page);
            QCoreApplication::processEvents();
            for (auto* label : window.findChildren<QLabel*>()) {
                if (!label->isVisible() || label->text().isEmpty() || label->textFormat() == Qt::RichText ||
                    Qt::mightBeRichText(label->text()))
                    continue;
                QVERIFY2(nameOf(label).contains(label->text().remove(QLatin1Char('&'))),
                         qPrintable(nameOf(label) + QStringLiteral(" for ") + label->text()));
            }
            for (auto* label : window.findChildren<ElidedLabel*>())
                QVERIFY2(nameOf(label).contains(label->text()), qPrintable(label->text()));
        }
    }

    void fieldsPassUndoToTheConfiguration() {
        Theme theme(Theme::Mode::Dark);
        Studio studio(scriptedServices(), theme);
        MainWindow& window = studio.window();
        window.resize(1440, 900);
        window.show();
        QVERIFY(QTest::qWaitForWindowActive(&window));
        const auto& config = studio.config().config();
        const auto boxes = window.findChildren<QDoubleSpinBox*>();
        const auto found = std::ranges::find_if(
            boxes, [](QWidget* box) { return nameOf(box) == QStringLiteral("Segment length"); });
        QVERIFY(found != boxes.end());
        QDoubleSpinBox& box = **found;
        box.setFocus();
        box.selectAll();
        QTest::keyClicks(&box, QStringLiteral("4"));
        QTest::keyClick(&box, Qt::Key_Return);
        QCOMPARE(config.audio.segmentLength, 4.0);
        QTest::keyClick(&box, Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(config.audio.segmentLength, 8.0);
        QCOMPARE(box.value(), 8.0);
        QTest::keyClick(&box, Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
        QCOMPARE(config.audio.segmentLength, 4.0);
        // During typing, undo belongs to the text.
        box.selectAll();
        QTest::keyClicks(&box, QStringLiteral("5"));
        QTest::keyClick(&box, Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(config.audio.segmentLength, 4.0);
    }

    /// Starts the demo, changes an option, stops the run and opens the Listen page.
    void everythingWorksWithoutAMouse() {
        Theme theme(Theme::Mode::Dark);
        Studio studio(scriptedServices(), theme);
        MainWindow& window = studio.window();
        window.resize(1440, 900);
        window.show();
        QVERIFY(QTest::qWaitForWindowActive(&window));
        const auto tabTo = [&]<typename Widget>(const QString& name, Widget*& found) {
            for (int i = 0; i < 400; ++i) {
                QWidget* focus = QApplication::focusWidget();
                found = qobject_cast<Widget*>(focus);
                if (found != nullptr && nameOf(focus) == name)
                    return true;
                QTest::keyClick(focus != nullptr ? focus : &window, Qt::Key_Tab);
            }
            return false;
        };
        QTest::keyClick(&window, Qt::Key_2, Qt::ControlModifier);
        QPushButton* demo = nullptr;
        QVERIFY(tabTo(QStringLiteral("Start with the demo songs"), demo));
        QTest::keyClick(demo, Qt::Key_Space);
        RunModel& run = studio.training()->run();
        QTRY_VERIFY(run.history().step() > 3);

        QSlider* slider = nullptr;
        QVERIFY(tabTo(QStringLiteral("Learning rate"), slider));
        const double before = studio.config().config().training.learningRate;
        QTest::keyClick(slider, Qt::Key_Left);
        QVERIFY(studio.config().config().training.learningRate < before);
        QTest::keyClick(slider, Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(studio.config().config().training.learningRate, before);

        QTest::keyClick(&window, Qt::Key_F7);
        QTRY_VERIFY(run.state() == RunActivity::Ended);
        QTest::keyClick(&window, Qt::Key_3, Qt::ControlModifier);
        QCOMPARE(nameOf(QApplication::focusWidget()), QStringLiteral("Listen"));
    }
};

HEADROOM_UI_TEST_MAIN(TestAccessibility)
#include "tst_accessibility.moc"
