// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/support/strict_ui_main.h"
#include "ui/accessibility/notification.h"
#include "ui/configuration/config_model.h"
#include "ui/configuration/option_panel.h"
#include "ui/configuration/option_row.h"
#include "ui/configuration/option_slider.h"
#include "ui/theme/theme.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/number_box.h"
#include "ui/widgets/steady_label.h"
#include "ui/window/accessible_factory.h"

#include <QAccessible>
#include <QComboBox>
#include <QLabel>
#include <QScrollArea>
#include <QTest>

using namespace headroom;
using namespace headroom::ui;

namespace {

QString text(QObject& widget, QAccessible::Text which) {
    return QAccessible::queryAccessibleInterface(&widget)->text(which);
}

template <typename Label, typename ShowText>
void checkCaptionAndText(Label& label, const ShowText& showText) {
    label.setAccessibleName(QStringLiteral("Loss"));
    QCOMPARE(text(label, QAccessible::Name), QStringLiteral("Loss"));
    showText(QStringLiteral("0.0421"));
    QCOMPARE(text(label, QAccessible::Name), QStringLiteral("Loss: 0.0421"));
    showText(QStringLiteral("0.0400"));
    QCOMPARE(text(label, QAccessible::Name), QStringLiteral("Loss: 0.0400"));
    showText(QStringLiteral("Loss 0.03")); // contains the caption
    QCOMPARE(text(label, QAccessible::Name), QStringLiteral("Loss 0.03"));
}

} // namespace

class TestAccessibleValues : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { installAccessibleFactory(); }

    void labelsReportCaptionAndText() {
        const Theme theme(Theme::Mode::Dark);
        SteadyLabel steady;
        checkCaptionAndText(steady, [&](const QString& value) { steady.showText(value); });
        ElidedLabel elided;
        checkCaptionAndText(elided, [&](const QString& value) { elided.setText(value); });
        SteadyLabel plain;
        plain.showText(QStringLiteral("Training"));
        QCOMPARE(text(plain, QAccessible::Name), QStringLiteral("Training"));
    }

    /// The value instead of the index of the stop; also without a forecast.
    void slidersReportTheirNumber() {
        Theme theme(Theme::Mode::Dark);
        ConfigModel model;
        OptionPanel panel(model, theme);
        int sliders = 0;
        for (OptionRow* row : panel.rows()) {
            auto* slider = row->findChild<OptionSlider*>();
            if (slider == nullptr)
                continue;
            ++sliders;
            auto* value = QAccessible::queryAccessibleInterface(slider)->valueInterface();
            const double number = row->findChild<NumberBox*>()->value();
            QCOMPARE(value->currentValue().toDouble(), number);
            QVERIFY2(slider->accessibleDescription().startsWith(slider->valueText()),
                     row->option().key.c_str());
            QCOMPARE(text(*slider, QAccessible::Value), slider->valueText());
            QVERIFY(value->minimumValue().toDouble() <= number && number <= value->maximumValue().toDouble());
        }
        QVERIFY(sliders > 20);
    }

    void slidersFollowTheConfiguration() {
        Theme theme(Theme::Mode::Dark);
        ConfigModel model;
        OptionPanel panel(model, theme);
        const auto row = std::ranges::find_if(
            panel.rows(), [](OptionRow* each) { return each->option().key == "training.learning_rate"; });
        auto& slider = *(*row)->findChild<OptionSlider*>();
        model.set((*row)->option(), 1e-3);
        QCOMPARE(slider.accessibleDescription(), QStringLiteral("0.001"));
        auto* value = QAccessible::queryAccessibleInterface(&slider)->valueInterface();
        value->setCurrentValue(2e-4);
        QCOMPARE(model.config().training.learningRate, 2e-4);
        QCOMPARE(slider.accessibleDescription(), QStringLiteral("0.0002"));
    }

    /// Such as 3 steps per epoch, of which the slider has no stop.
    void slidersReportNumbersBetweenStops() {
        Theme theme(Theme::Mode::Dark);
        ConfigModel model;
        OptionPanel panel(model, theme);
        const auto row = std::ranges::find_if(
            panel.rows(), [](OptionRow* each) { return each->option().key == "training.steps_per_epoch"; });
        auto& slider = *(*row)->findChild<OptionSlider*>();
        model.set((*row)->option(), std::int64_t{3});
        auto* value = QAccessible::queryAccessibleInterface(&slider)->valueInterface();
        QCOMPARE(value->currentValue().toDouble(), 3.0);
        QCOMPARE(value->minimumValue().toDouble(), 3.0);
        QCOMPARE(slider.accessibleDescription(), QStringLiteral("3"));
        QTest::keyClick(&slider, Qt::Key_Right);
        QCOMPARE(value->currentValue().toDouble(), slider.stops()[1]);
        QCOMPARE(model.config().training.stepsPerEpoch, static_cast<int>(slider.stops()[1]));
    }

    /// Qt reports the chosen text of a list as its name and leaves the name to a label, which few lists have.
    void listsReportCaptionAndChoice() {
        QWidget window;
        QComboBox box(&window);
        box.addItems({QStringLiteral("Mel"), QStringLiteral("Linear")});
        box.setAccessibleName(QStringLiteral("Frequency scale"));
        QCOMPARE(text(box, QAccessible::Name), QStringLiteral("Frequency scale: Mel"));
        box.setCurrentIndex(1);
        QCOMPARE(text(box, QAccessible::Name), QStringLiteral("Frequency scale: Linear"));
        auto* interface = QAccessible::queryAccessibleInterface(&box);
        QCOMPARE(interface->role(), QAccessible::ComboBox);
        QVERIFY(interface->state().hasPopup);
        QVERIFY(interface->actionInterface()->actionNames().contains(
            QAccessibleActionInterface::showMenuAction()));
    }

    void listsWithALabelAreLeftToIt() {
        QWidget window;
        QLabel label(QStringLiteral("Format"), &window);
        QComboBox box(&window);
        box.addItem(QStringLiteral("WAV"));
        box.setAccessibleName(QStringLiteral("Format"));
        label.setBuddy(&box);
        auto* interface = QAccessible::queryAccessibleInterface(&box);
        QCOMPARE(interface->text(QAccessible::Value), QStringLiteral("WAV"));
        QCOMPARE(interface->relations(QAccessible::Label).size(), 1);
        QCOMPARE(interface->text(QAccessible::Name), QStringLiteral("WAV"));
    }

    /// Qt reports them as buttons.
    void scrollAreasAreNoButtons() {
        QScrollArea area;
        QCOMPARE(QAccessible::queryAccessibleInterface(&area)->role(), QAccessible::Pane);
    }

    /// Without a screen reader no event is sent, but the text is set.
    void aWindowHasOneNotification() {
        const Theme theme(Theme::Mode::Dark);
        QWidget window;
        window.show();
        Notification& notification = Notification::in(window);
        notification.announce(QStringLiteral("Fits: 6.2 of 8.0 GiB"));
        QCOMPARE(text(notification, QAccessible::Name), QStringLiteral("Fits: 6.2 of 8.0 GiB"));
        auto* interface = QAccessible::queryAccessibleInterface(&notification);
        QCOMPARE(interface->role(), QAccessible::Notification);
        QVERIFY(!interface->state().invisible);
        QCOMPARE(&Notification::in(window), &notification);
    }
};

HEADROOM_UI_TEST_MAIN(TestAccessibleValues)
#include "tst_accessible_values.moc"
