// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/window/accessible_factory.h"

#include "ui/accessibility/accessible_label.h"
#include "ui/accessibility/notification.h"
#include "ui/configuration/option_slider.h"
#include "ui/memory/flame_graph.h"
#include "ui/memory/memory_timeline.h"
#include "ui/memory/parts_bar.h"
#include "ui/runs/overlay_plot.h"
#include "ui/training/training_plot.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/steady_label.h"
#include "ui/window/accessible_gain_slider.h"
#include "ui/window/accessible_list.h"
#include "ui/window/accessible_option_slider.h"

#include <QComboBox>
#include <QScrollArea>

namespace headroom::ui {
namespace {

template <typename... Charts>
bool isChart(QObject* object) {
    return (... || (qobject_cast<Charts*>(object) != nullptr));
}

/// Qt calls this for each class in the hierarchy of an object, most derived first.
QAccessibleInterface* interfaceFor(const QString&, QObject* object) {
    if (auto* label = qobject_cast<SteadyLabel*>(object))
        return new AccessibleLabel<SteadyLabel>(label);
    if (auto* label = qobject_cast<ElidedLabel*>(object))
        return new AccessibleLabel<ElidedLabel>(label);
    if (auto* slider = qobject_cast<OptionSlider*>(object))
        return new AccessibleOptionSlider(slider);
    if (auto* slider = qobject_cast<GainSlider*>(object))
        return new AccessibleGainSlider(slider);
    if (auto* notification = qobject_cast<Notification*>(object))
        return new QAccessibleWidget(notification, QAccessible::Notification);
    if (auto* list = qobject_cast<QComboBox*>(object))
        return new AccessibleList(list);
    if (auto* area = qobject_cast<QScrollArea*>(object)) // for Qt, it is a button
        return new QAccessibleWidget(area, QAccessible::Pane);
    if (isChart<FlameGraph, MemoryTimeline, TrainingPlot, OverlayPlot, PartsBar>(object))
        return new QAccessibleWidget(static_cast<QWidget*>(object), QAccessible::Chart);
    return nullptr;
}

} // namespace

void installAccessibleFactory() {
    QAccessible::installFactory(interfaceFor); // Qt ignores a factory that is already installed
}

} // namespace headroom::ui
