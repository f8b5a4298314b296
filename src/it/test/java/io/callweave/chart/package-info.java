/** The Helm chart, rendered by a real Helm and held against Kubernetes' own types, policies and the product. */
@NullMarked
package io.callweave.chart;

import org.jspecify.annotations.NullMarked;
