#include "ui/window/accessible_factory.h"

#include "ui/accessibility/notification.h"
#include "ui/accessibility/shown_text.h"
#include "ui/configuration/option_slider.h"
#include "ui/memory/memory_timeline.h"
#include "ui/memory/parts_bar.h"
#include "ui/runs/overlay_plot.h"
#include "ui/training/training_plot.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/steady_label.h"
#include "ui/window/stop_value.h"

namespace headroom::ui {
namespace {

template <typename... Charts>
bool isChart(QObject* object) {
    return (... || (qobject_cast<Charts*>(object) != nullptr));
}

/// Asked for each class that an object is of, beginning with its own.
QAccessibleInterface* interfaceFor(const QString&, QObject* object) {
    if (auto* label = qobject_cast<SteadyLabel*>(object))
        return new ShownText<SteadyLabel>(label);
    if (auto* label = qobject_cast<ElidedLabel*>(object))
        return new ShownText<ElidedLabel>(label);
    if (auto* slider = qobject_cast<OptionSlider*>(object))
        return new StopValue(slider);
    if (auto* notification = qobject_cast<Notification*>(object))
        return new QAccessibleWidget(notification, QAccessible::Notification);
    if (isChart<MemoryTimeline, TrainingPlot, OverlayPlot, PartsBar>(object))
        return new QAccessibleWidget(static_cast<QWidget*>(object), QAccessible::Chart);
    return nullptr;
}

} // namespace

void installAccessibleFactory() {
    QAccessible::installFactory(interfaceFor); // which takes a factory that it has no second time
}

} // namespace headroom::ui
