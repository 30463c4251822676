<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>
<qgis version="3.22.0" styleCategories="Symbology|Labeling|MapTips" labelsEnabled="1">
  <renderer-v2 type="singleSymbol" enableorderby="0" forceraster="0" symbollevels="0">
    <symbols>
      <symbol type="marker" name="0" alpha="1" clip_to_extent="1" force_rhr="0">
        <layer class="SimpleMarker" enabled="1" locked="0" pass="0">
          <Option type="Map">
            <Option name="name" type="QString" value="circle"/>
            <Option name="color" type="QString" value="255,255,255,140"/>
            <Option name="outline_color" type="QString" value="150,30,100,255"/>
            <Option name="outline_style" type="QString" value="solid"/>
            <Option name="outline_width" type="QString" value="0.4"/>
            <Option name="outline_width_unit" type="QString" value="MM"/>
            <Option name="size" type="QString" value="2.2"/>
            <Option name="size_unit" type="QString" value="MM"/>
          </Option>
        </layer>
      </symbol>
    </symbols>
  </renderer-v2>
  <labeling type="simple">
    <settings>
      <text-style fieldName="&quot;key&quot; || '\n' || &quot;from_code&quot; || ' → ' || &quot;to_code&quot;" isExpression="1" fontSize="7" fontSizeUnit="Point" fontFamily="sans-serif" textColor="40,40,46,255">
        <text-buffer bufferDraw="1" bufferSize="0.7" bufferSizeUnits="MM" bufferColor="255,255,255,255"/>
      </text-style>
      <placement placement="0" dist="1.5" distUnits="MM" priority="5"/>
      <rendering scaleVisibility="1" scaleMin="1" scaleMax="5000" obstacle="0"/>
    </settings>
  </labeling>
  <mapTip>[% "kind" %] &lt;b>[% "key" %]&lt;/b>: [% "from_code" %] → [% "to_code" %]</mapTip>
</qgis>
