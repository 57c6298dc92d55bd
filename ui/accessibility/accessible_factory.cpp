#include "ui/accessibility/accessible_factory.h"

#include "ui/accessibility/notification.h"
#include "ui/accessibility/shown_text.h"
#include "ui/accessibility/stop_value.h"
#include "ui/plots/memory_timeline.h"
#include "ui/plots/overlay_plot.h"
#include "ui/plots/training_plot.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/knob_slider.h"
#include "ui/widgets/parts_bar.h"
#include "ui/widgets/steady_label.h"

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
    if (auto* slider = qobject_cast<KnobSlider*>(object))
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
